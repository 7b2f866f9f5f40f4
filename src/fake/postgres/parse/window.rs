//! OVER and WINDOW.

use super::super::errors::{R, fail, pg};
use super::ast::{Exclusion, Expr, Frame, FrameBound, FrameUnit, Over, WindowSpec};
use super::cursor::Parser;
use super::keywords::K;
use super::lexer::Kind;

impl Parser<'_> {
    /// What follows OVER.
    pub(super) fn over(&mut self) -> R<Over> {
        if self.is_char(b'(') {
            return Ok(Over::Spec(self.window()?));
        }
        Ok(Over::Named(self.col_id()?))
    }

    /// The list after WINDOW.
    pub(super) fn windows(&mut self) -> R<Vec<(String, WindowSpec)>> {
        let mut windows: Vec<(String, WindowSpec)> = vec![];
        loop {
            let name = self.col_id()?;
            self.expect(K::As)?;
            let spec = self.window()?;
            if windows.iter().any(|(known, _)| *known == name) {
                self.later(pg("42P20", format!("window \"{name}\" is already defined")));
            }
            windows.push((name, spec));
            if !self.eat_char(b',') {
                return Ok(windows);
            }
        }
    }

    fn window(&mut self) -> R<WindowSpec> {
        self.expect_char(b'(')?;
        let outer = self.enter()?;
        let mut spec = WindowSpec::default();
        let clause =
            matches!(self.kind(), Kind::Word(K::Partition | K::Range | K::Rows | K::Groups));
        if self.is_col_id() && !clause {
            spec.base = Some(self.take_name());
        }
        if self.eat(K::Partition) {
            self.expect(K::By)?;
            spec.partition = self.exprs()?;
        }
        spec.order = self.optional_order_by()?;
        let unit = match self.kind() {
            Kind::Word(K::Rows) => Some(FrameUnit::Rows),
            Kind::Word(K::Range) => Some(FrameUnit::Range),
            Kind::Word(K::Groups) => Some(FrameUnit::Groups),
            _ => None,
        };
        if let Some(unit) = unit {
            self.advance();
            spec.frame = Some(self.frame(unit)?);
        }
        self.expect_char(b')')?;
        self.leave(outer, 0)?;
        Ok(spec)
    }

    fn frame(&mut self, unit: FrameUnit) -> R<Frame<Expr>> {
        let mut frame = if self.eat(K::Between) {
            let start = self.frame_bound()?;
            self.expect(K::And)?;
            let end = self.frame_bound()?;
            let problem = match (&start, &end) {
                (FrameBound::UnboundedFollowing, _) => "frame start cannot be UNBOUNDED FOLLOWING",
                (_, FrameBound::UnboundedPreceding) => "frame end cannot be UNBOUNDED PRECEDING",
                (FrameBound::CurrentRow, FrameBound::Preceding(_)) => {
                    "frame starting from current row cannot have preceding rows"
                }
                (FrameBound::Following(_), FrameBound::Preceding(_) | FrameBound::CurrentRow) => {
                    "frame starting from following row cannot have preceding rows"
                }
                _ => "",
            };
            if !problem.is_empty() {
                return fail("42P20", problem);
            }
            Frame { unit, start, end, exclude: Exclusion::Nothing }
        } else {
            let start = self.frame_bound()?;
            match start {
                FrameBound::UnboundedFollowing => {
                    return fail("42P20", "frame start cannot be UNBOUNDED FOLLOWING");
                }
                FrameBound::Following(_) => {
                    return fail(
                        "42P20",
                        "frame starting from following row cannot end with current row",
                    );
                }
                _ => {
                    let end = FrameBound::CurrentRow;
                    Frame { unit, start, end, exclude: Exclusion::Nothing }
                }
            }
        };
        if self.eat(K::Exclude) {
            frame.exclude = match self.kind() {
                Kind::Word(K::Current) => {
                    self.advance();
                    Exclusion::CurrentRow
                }
                Kind::Word(K::No) => {
                    self.advance();
                    Exclusion::Nothing
                }
                Kind::Word(K::Group) => Exclusion::Group,
                Kind::Word(K::Ties) => Exclusion::Ties,
                _ => return self.unexpected(),
            };
            match frame.exclude {
                Exclusion::CurrentRow => self.expect(K::Row)?,
                Exclusion::Nothing => self.expect(K::Others)?,
                _ => self.advance(),
            }
        }
        Ok(frame)
    }

    fn frame_bound(&mut self) -> R<FrameBound<Expr>> {
        if self.eat_all(&[K::Current, K::Row]) {
            return Ok(FrameBound::CurrentRow);
        }
        if self.is(K::Unbounded)
            && matches!(self.kind_at(1), Kind::Word(K::Preceding | K::Following))
        {
            self.advance();
            let preceding = self.is(K::Preceding);
            self.advance();
            return Ok(if preceding {
                FrameBound::UnboundedPreceding
            } else {
                FrameBound::UnboundedFollowing
            });
        }
        let offset = self.expr()?;
        if self.eat(K::Preceding) {
            return Ok(FrameBound::Preceding(offset));
        }
        self.expect(K::Following)?;
        Ok(FrameBound::Following(offset))
    }
}
