//! OVER and WINDOW.

use sqlparser::ast as sql;

use super::super::errors::{R, fail};
use super::ast::{Exclusion, Expr, Frame, FrameBound, FrameUnit, Over, WindowSpec};
use super::{Converter, names};

impl Converter {
    pub(super) fn over(&self, over: sql::WindowType) -> R<Over> {
        Ok(match over {
            sql::WindowType::NamedWindow(name) => Over::Named(names::ident(&name)),
            sql::WindowType::WindowSpec(spec) => Over::Spec(self.window(spec)?),
        })
    }

    pub(super) fn named_windows(
        &self,
        list: Vec<sql::NamedWindowDefinition>,
    ) -> R<Vec<(String, WindowSpec)>> {
        let mut windows: Vec<(String, WindowSpec)> = vec![];
        for sql::NamedWindowDefinition(name, definition) in list {
            let name = names::ident(&name);
            if windows.iter().any(|(known, _)| *known == name) {
                return fail("42P20", format!("window \"{name}\" is already defined"));
            }
            let spec = match definition {
                sql::NamedWindowExpr::NamedWindow(base) => {
                    return fail("42601", format!("syntax error at or near \"{base}\""));
                }
                sql::NamedWindowExpr::WindowSpec(spec) => self.window(spec)?,
            };
            windows.push((name, spec));
        }
        Ok(windows)
    }

    fn window(&self, spec: sql::WindowSpec) -> R<WindowSpec> {
        Ok(WindowSpec {
            base: spec.window_name.as_ref().map(names::ident),
            partition: self.exprs(spec.partition_by)?,
            order: self.order_items(spec.order_by)?,
            frame: spec.window_frame.map(|frame| self.frame(frame)).transpose()?,
        })
    }

    fn frame(&self, frame: sql::WindowFrame) -> R<Frame<Expr>> {
        let unit = match frame.units {
            sql::WindowFrameUnits::Rows => FrameUnit::Rows,
            sql::WindowFrameUnits::Range => FrameUnit::Range,
            sql::WindowFrameUnits::Groups => FrameUnit::Groups,
        };
        let start = self.frame_bound(frame.start_bound)?;
        let end = match frame.end_bound {
            None => FrameBound::CurrentRow,
            Some(bound) => self.frame_bound(bound)?,
        };
        let problem = match (&start, &end) {
            (FrameBound::UnboundedFollowing, _) => "frame start cannot be UNBOUNDED FOLLOWING",
            (_, FrameBound::UnboundedPreceding) => "frame end cannot be UNBOUNDED PRECEDING",
            (FrameBound::CurrentRow, FrameBound::Preceding(_)) => {
                "frame starting from current row cannot have preceding rows"
            }
            (FrameBound::Following(_), FrameBound::Preceding(_) | FrameBound::CurrentRow) => {
                "frame starting from following row cannot have preceding rows"
            }
            _ => return Ok(Frame { unit, start, end, exclude: Exclusion::Nothing }),
        };
        fail("42P20", problem)
    }

    fn frame_bound(&self, bound: sql::WindowFrameBound) -> R<FrameBound<Expr>> {
        use sql::WindowFrameBound as B;
        Ok(match bound {
            B::CurrentRow => FrameBound::CurrentRow,
            B::Preceding(None) => FrameBound::UnboundedPreceding,
            B::Preceding(Some(offset)) => FrameBound::Preceding(self.expr(*offset)?),
            B::Following(None) => FrameBound::UnboundedFollowing,
            B::Following(Some(offset)) => FrameBound::Following(self.expr(*offset)?),
        })
    }
}
