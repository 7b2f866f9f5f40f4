//! ORDER BY, GROUP BY, and the locks that a query takes.

use super::super::errors::{R, pg};
use super::ast::{Expr, GroupItem, LockClause, LockWait, OrderItem, Query, RowLock, Select};
use super::cursor::Parser;
use super::keywords::K;
use super::lexer::Kind;

impl Parser<'_> {
    pub(super) fn optional_order_by(&mut self) -> R<Vec<OrderItem>> {
        if self.is(K::Order) { self.order_by() } else { Ok(vec![]) }
    }

    pub(super) fn order_by(&mut self) -> R<Vec<OrderItem>> {
        self.expect_all(&[K::Order, K::By])?;
        self.list(|p| {
            let expr = p.expr()?;
            if p.eat(K::Using) {
                let op = p.operator()?;
                let descending = match op.as_str() {
                    "<" => false,
                    ">" => true,
                    _ => {
                        p.refuse(format!("ORDER BY … USING {op}"));
                        false
                    }
                };
                return p.nulls(expr, descending);
            }
            p.direction(expr)
        })
    }

    /// ASC or DESC, NULLS FIRST or LAST.
    pub(super) fn direction(&mut self, expr: Expr) -> R<OrderItem> {
        let descending = self.eat(K::Desc);
        if !descending {
            self.eat(K::Asc);
        }
        self.nulls(expr, descending)
    }

    fn nulls(&mut self, expr: Expr, descending: bool) -> R<OrderItem> {
        let mut nulls_first = None;
        if matches!(self.kind_at(1), Kind::Word(K::First | K::Last)) && self.eat(K::Nulls) {
            nulls_first = Some(self.is(K::First));
            if !self.eat(K::First) {
                self.expect(K::Last)?;
            }
        }
        Ok(OrderItem { expr, descending, nulls_first })
    }

    pub(super) fn group_by(&mut self, select: &mut Select) -> R<()> {
        self.expect_all(&[K::Group, K::By])?;
        select.group_distinct = self.eat(K::Distinct);
        if !select.group_distinct {
            self.eat(K::All);
        }
        loop {
            match self.group_item()? {
                GroupItem::Several(list) if !list.is_empty() => {
                    select.group_by.extend(list.into_iter().map(GroupItem::Expr));
                }
                item => select.group_by.push(item),
            }
            if !self.eat_char(b',') {
                return Ok(());
            }
        }
    }

    /// An expression, `()`, `(a, b)`, ROLLUP, CUBE or GROUPING SETS.
    fn group_item(&mut self) -> R<GroupItem> {
        if self.is_char(b'(') && self.is_char_at(1, b')') {
            self.advance();
            self.advance();
            return Ok(GroupItem::Several(vec![]));
        }
        if self.is(K::Grouping) && self.is_at(1, K::Sets) {
            self.advance();
            self.advance();
            self.expect_char(b'(')?;
            let outer = self.enter()?;
            let sets = self.list(|p| {
                Ok(match p.group_item()? {
                    GroupItem::Expr(expr) => GroupItem::Several(vec![expr]),
                    item => item,
                })
            })?;
            self.leave(outer, 0)?;
            self.expect_char(b')')?;
            return Ok(GroupItem::Sets(sets));
        }
        if self.is(K::Rollup) && self.is_char_at(1, b'(') {
            self.advance();
            return Ok(GroupItem::Rollup(self.bracketed(Self::group_set)?));
        }
        if self.is(K::Cube) && self.is_char_at(1, b'(') {
            self.advance();
            return Ok(GroupItem::Cube(self.bracketed(Self::group_set)?));
        }
        let brackets = self.is_char(b'(');
        Ok(match self.expr()? {
            Expr::Row(list) if brackets => GroupItem::Several(list),
            expr => GroupItem::Expr(expr),
        })
    }

    /// An element of ROLLUP or CUBE: `a`, or `(a, b)`.
    fn group_set(&mut self) -> R<Vec<Expr>> {
        let brackets = self.is_char(b'(');
        Ok(match self.expr()? {
            Expr::Row(list) if brackets => list,
            expr => vec![expr],
        })
    }

    pub(super) fn locks(&mut self, query: &mut Query) -> R<()> {
        if self.is_at(1, K::Read) {
            self.advance();
            self.advance();
            return self.expect(K::Only);
        }
        while self.eat(K::For) {
            let strength = match self.kind() {
                Kind::Word(K::Update) => RowLock::Update,
                Kind::Word(K::Share) => RowLock::Share,
                Kind::Word(K::Key) => {
                    self.advance();
                    if !self.is(K::Share) {
                        return self.unexpected();
                    }
                    RowLock::KeyShare
                }
                Kind::Word(K::No) => {
                    self.advance();
                    self.expect(K::Key)?;
                    if !self.is(K::Update) {
                        return self.unexpected();
                    }
                    RowLock::NoKeyUpdate
                }
                _ => return self.unexpected(),
            };
            self.advance();
            let mut of = vec![];
            if self.eat(K::Of) {
                for parts in self.list(Self::any_name)? {
                    if parts.len() > 1 {
                        let clause = clause_name(strength);
                        self.later(pg(
                            "42601",
                            format!("{clause} must specify unqualified relation names"),
                        ));
                    }
                    of.extend(parts.into_iter().next_back());
                }
            }
            let wait = if self.eat(K::Nowait) {
                LockWait::NoWait
            } else if self.eat(K::Skip) {
                self.expect(K::Locked)?;
                LockWait::SkipLocked
            } else {
                LockWait::Wait
            };
            query.locks.push(LockClause { strength, of, wait });
        }
        Ok(())
    }
}

fn clause_name(strength: RowLock) -> &'static str {
    match strength {
        RowLock::KeyShare => "FOR KEY SHARE",
        RowLock::Share => "FOR SHARE",
        RowLock::NoKeyUpdate => "FOR NO KEY UPDATE",
        RowLock::Update => "FOR UPDATE",
    }
}
