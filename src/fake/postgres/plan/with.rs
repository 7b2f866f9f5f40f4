//! WITH: queries and changes that a statement names, recursive ones included.

use super::super::errors::{R, fail, pg, unsupported};
use super::super::parse::ast::{self, SetExpr, SetOp, Statement};
use super::super::types::{Type, Typed};
use super::binder::{Binder, CteBinding};
use super::expr::Output;
use super::references;
use super::tree::{Body, Recursion, Select, Subplan};

impl Binder<'_> {
    /// Makes the queries of WITH known. Each runs once, when it is first read; a change runs in any case.
    /// Returns those that must run anew for each row around the query that has them.
    pub(super) fn with(&mut self, with: ast::With) -> R<Vec<usize>> {
        let top = std::mem::take(&mut self.top);
        if with.list.is_empty() {
            return Ok(vec![]);
        }
        for (place, cte) in with.list.iter().enumerate() {
            if with.list[..place].iter().any(|known| known.name == cte.name) {
                return fail(
                    "42712",
                    format!("WITH query name \"{}\" specified more than once", cte.name),
                );
            }
        }
        let known = self.future.len();
        let order = if with.recursive {
            references::order(&with.list)?
        } else {
            self.future.extend(with.list.iter().rev().map(|cte| cte.name.clone()));
            with.list.iter().map(|_| false).enumerate().collect()
        };
        let mut list: Vec<Option<ast::Cte>> = with.list.into_iter().map(Some).collect();
        let mut again = vec![];
        for (place, recursive) in order {
            let Some(cte) = list[place].take() else { continue };
            let binding = self.cte(cte, recursive, top)?;
            if self.subplans[binding.subplan].correlated {
                again.push(binding.subplan);
            }
            self.ctes.push(binding);
            if !with.recursive {
                self.future.pop();
            }
        }
        self.future.truncate(known);
        Ok(again)
    }

    fn cte(&mut self, cte: ast::Cte, recursive: bool, top: bool) -> R<CteBinding> {
        let level = self.scopes.len();
        let workings = self.workings;
        let reach = std::mem::replace(&mut self.reach, usize::MAX);
        let working_reach = std::mem::replace(&mut self.working_reach, usize::MAX);
        let uses = std::mem::take(&mut self.uses);
        let keep = std::mem::take(&mut self.keep_unknown);
        let (name, names) = (cte.name, cte.columns);
        let (body, columns) = match cte.body {
            Statement::Query(query) if recursive => self.recursive(&name, &names, *query)?,
            body => {
                if !top && !matches!(body, Statement::Query(_)) {
                    return fail(
                        "0A000",
                        "WITH clause containing a data-modifying statement must be at the top level",
                    );
                }
                let (body, mut columns) = self.cte_body(body)?;
                rename(&name, &mut columns, names)?;
                (body, columns)
            }
        };
        self.keep_unknown = keep;
        // Rows around the query, or of a recursion around it.
        let own_reach = if self.reach < level { self.reach } else { usize::MAX };
        let own_working =
            if self.working_reach < workings { self.working_reach } else { usize::MAX };
        self.reach = reach.min(own_reach);
        self.working_reach = working_reach.min(own_working);
        let uses = std::mem::replace(&mut self.uses, uses);
        let correlated = own_reach != usize::MAX || own_working != usize::MAX;
        let changes = matches!(body, Body::Insert(_) | Body::Update(_) | Body::Delete(_));
        let eager = match &body {
            Body::Select(select) => select.locks_rows(),
            Body::Recursive(_) => false,
            _ => true,
        };
        if eager && correlated {
            return Err(unsupported(
                "a locking clause in a WITH query that refers to what is around",
            ));
        }
        self.subplans.push(Subplan { body, correlated, eager, uses });
        let silent = changes && columns.is_empty();
        Ok(CteBinding {
            name,
            subplan: self.subplans.len() - 1,
            columns,
            silent,
            reach: own_reach,
            working_reach: own_working,
        })
    }

    fn cte_body(&mut self, body: Statement) -> R<(Body, Vec<Output>)> {
        match body {
            Statement::Query(query) => {
                let (select, columns) = self.query(*query)?;
                Ok((Body::Select(select), columns))
            }
            Statement::Insert(insert) => self.insert(*insert),
            Statement::Update(update) => self.update(*update),
            Statement::Delete(delete) => self.delete(*delete),
            Statement::Merge(_) => fail("0A000", "MERGE not supported in WITH query"),
            _ => Err(unsupported("this statement in WITH")),
        }
    }

    /// `base UNION [ALL] step`, where the step reads the rows that the last round has added.
    fn recursive(
        &mut self,
        name: &str,
        names: &[String],
        query: ast::Query,
    ) -> R<(Body, Vec<Output>)> {
        let visible = self.ctes.len();
        if !self.with(query.with)?.is_empty() {
            return Err(unsupported("WITH within a recursive query that refers to what is around"));
        }
        let SetExpr::Operation { op: SetOp::Union, all, left, right } = query.body else {
            return Err(super::super::errors::internal("a recursive query without UNION"));
        };
        let (mut base, outputs) = self.branch(*left)?;
        let mut columns = outputs.clone();
        for column in &mut columns {
            if column.typed.ty == Type::UNKNOWN {
                column.typed = Typed::plain(Type::TEXT);
            }
        }
        rename(name, &mut columns, names.to_vec())?;
        self.subplans.push(Subplan {
            body: Body::Empty,
            correlated: false,
            eager: false,
            uses: vec![],
        });
        let working = self.subplans.len() - 1;
        self.ctes.push(CteBinding {
            name: name.to_owned(),
            subplan: working,
            columns: columns.clone(),
            silent: false,
            reach: usize::MAX,
            working_reach: self.workings,
        });
        self.workings += 1;
        let (mut step, others) = self.branch(*right)?;
        self.workings -= 1;
        self.ctes.truncate(visible);
        if outputs.len() != others.len() {
            return fail("42601", "each UNION query must have the same number of columns");
        }
        for (place, (a, b)) in outputs.iter().zip(&others).enumerate() {
            let ty = self.common_type(&[a.typed.ty, b.typed.ty], "UNION")?;
            let modifier = if a.typed == b.typed { a.typed.modifier } else { -1 };
            let overall = Typed { ty, modifier };
            let first = columns[place].typed;
            if overall != first {
                return Err(pg(
                    "42804",
                    format!(
                        "recursive query \"{name}\" column {} has type {} in non-recursive term but type {} overall",
                        place + 1,
                        first.describe(),
                        overall.describe()
                    ),
                ));
            }
            self.decide(&mut base, place, a.typed.ty, ty)?;
            self.decide(&mut step, place, b.typed.ty, ty)?;
        }
        Ok((Body::Recursive(Box::new(Recursion { base, step, all, working })), columns))
    }
}

fn rename(name: &str, columns: &mut [Output], names: Vec<String>) -> R<()> {
    if names.len() > columns.len() {
        return fail(
            "42P10",
            format!(
                "WITH query \"{name}\" has {} columns available but {} columns specified",
                columns.len(),
                names.len()
            ),
        );
    }
    for (column, name) in columns.iter_mut().zip(names) {
        column.name = name.into();
    }
    Ok(())
}

impl Select {
    /// True if it, or a part of it, takes row locks.
    pub(crate) fn locks_rows(&self) -> bool {
        !self.locks.is_empty()
            || match &self.source {
                super::tree::Source::Operation { left, right, .. } => {
                    left.locks_rows() || right.locks_rows()
                }
                _ => false,
            }
    }
}
