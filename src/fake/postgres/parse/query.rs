//! SELECT, VALUES, set operations, FROM and WITH.

use sqlparser::ast as sql;

use super::super::errors::{R, fail, unsupported};
use super::ast::{
    Cte, Distinct, FunctionPart, GroupItem, Item, JoinKind, JoinOn, LockClause, Query, Select,
    SetExpr, SetOp, Statement, TableFunction, TableRef, With,
};
use super::{Converter, headline, locking, names};

impl Converter {
    /// A query, or a data-modifying statement that begins with WITH.
    pub(super) fn query_statement(&self, mut query: sql::Query) -> R<Statement> {
        if !matches!(
            *query.body,
            sql::SetExpr::Insert(_) | sql::SetExpr::Update(_) | sql::SetExpr::Delete(_)
        ) {
            return Ok(Statement::Query(Box::new(self.query(query)?)));
        }
        let with = query.with.take().map(|with| self.with(with)).transpose()?.unwrap_or_default();
        let (sql::SetExpr::Insert(inner)
        | sql::SetExpr::Update(inner)
        | sql::SetExpr::Delete(inner)) = *query.body
        else {
            return Err(unsupported("this form of WITH"));
        };
        let mut statement = self.statement(inner)?;
        match &mut statement {
            Statement::Insert(insert) => insert.with = with,
            Statement::Update(update) => update.with = with,
            Statement::Delete(delete) => delete.with = with,
            _ => return Err(unsupported("this form of WITH")),
        }
        Ok(statement)
    }

    pub(super) fn query(&self, query: sql::Query) -> R<Query> {
        let odd = query.for_clause.is_some()
            || query.settings.is_some()
            || query.format_clause.is_some()
            || !query.pipe_operators.is_empty();
        if odd {
            return Err(unsupported("this clause after a query"));
        }
        let with = query.with.map(|with| self.with(with)).transpose()?.unwrap_or_default();
        let order_by = match query.order_by {
            None => vec![],
            Some(sql::OrderBy {
                kind: sql::OrderByKind::Expressions(items),
                interpolate: None,
            }) => self.order_items(items)?,
            Some(_) => return Err(unsupported("ORDER BY ALL")),
        };
        let (mut limit, mut offset, mut with_ties) = (None, None, false);
        match query.limit_clause {
            None => {}
            Some(sql::LimitClause::LimitOffset { limit: l, offset: o, limit_by })
                if limit_by.is_empty() =>
            {
                limit = l.map(|e| self.expr(e)).transpose()?;
                offset = o.map(|o| self.expr(o.value)).transpose()?;
            }
            Some(_) => return fail("42601", "LIMIT #,# syntax is not supported"),
        }
        if let Some(fetch) = query.fetch {
            if fetch.percent {
                return fail("42601", "syntax error at or near \"PERCENT\"");
            }
            with_ties = fetch.with_ties;
            let one = super::ast::Expr::Literal(super::ast::Literal::Number("1".into()));
            limit = Some(fetch.quantity.map_or(Ok(one), |e| self.expr(e))?);
        }
        let locks = query.locks.iter().map(|lock| self.lock(lock)).collect::<R<_>>()?;
        Ok(Query {
            with,
            body: self.set_expr(*query.body)?,
            order_by,
            limit,
            with_ties,
            offset,
            locks,
        })
    }

    fn lock(&self, lock: &sql::LockClause) -> R<LockClause> {
        let name =
            lock.of.as_ref().map(names::parts).transpose()?.and_then(|mut parts| parts.pop());
        name.and_then(|name| locking::resolve(&self.locks, &name).cloned())
            .ok_or_else(|| unsupported("this locking clause"))
    }

    fn with(&self, with: sql::With) -> R<With> {
        let list = with
            .cte_tables
            .into_iter()
            .map(|cte| {
                if cte.from.is_some() {
                    return Err(unsupported("this form of WITH"));
                }
                let columns =
                    cte.alias.columns.iter().map(|column| names::ident(&column.name)).collect();
                let body = self.query_statement(*cte.query)?;
                Ok(Cte { name: names::ident(&cte.alias.name), columns, body })
            })
            .collect::<R<_>>()?;
        Ok(With { recursive: with.recursive, list })
    }

    fn set_expr(&self, body: sql::SetExpr) -> R<SetExpr> {
        Ok(match body {
            sql::SetExpr::Select(select) => SetExpr::Select(Box::new(self.select(*select)?)),
            sql::SetExpr::Query(query) => SetExpr::Query(Box::new(self.query(*query)?)),
            sql::SetExpr::Values(values) => SetExpr::Values(
                values.rows.into_iter().map(|row| self.exprs(row.content)).collect::<R<_>>()?,
            ),
            sql::SetExpr::SetOperation { left, op, set_quantifier, right } => {
                let all = match set_quantifier {
                    sql::SetQuantifier::All => true,
                    sql::SetQuantifier::Distinct | sql::SetQuantifier::None => false,
                    other => return Err(unsupported(format!("{op} {other}"))),
                };
                let op = match op {
                    sql::SetOperator::Union => SetOp::Union,
                    sql::SetOperator::Intersect => SetOp::Intersect,
                    sql::SetOperator::Except => SetOp::Except,
                    sql::SetOperator::Minus => {
                        return fail("42601", "syntax error at or near \"MINUS\"");
                    }
                };
                let (left, right) =
                    (Box::new(self.set_expr(*left)?), Box::new(self.set_expr(*right)?));
                SetExpr::Operation { op, all, left, right }
            }
            other => return Err(unsupported(headline(&other))),
        })
    }

    fn select(&self, select: sql::Select) -> R<Select> {
        let odd = select.top.is_some()
            || select.select_modifiers.is_some()
            || select.exclude.is_some()
            || select.prewhere.is_some()
            || select.qualify.is_some()
            || select.value_table_mode.is_some()
            || !select.lateral_views.is_empty()
            || !select.connect_by.is_empty()
            || !select.cluster_by.is_empty()
            || !select.distribute_by.is_empty()
            || !select.sort_by.is_empty()
            || !matches!(select.flavor, sql::SelectFlavor::Standard);
        if odd {
            return Err(unsupported("this form of SELECT"));
        }
        if select.into.is_some() {
            return Err(unsupported("SELECT INTO"));
        }
        let windows = self.named_windows(select.named_window)?;
        let group_by = match select.group_by {
            sql::GroupByExpr::Expressions(exprs, modifiers) if modifiers.is_empty() => {
                exprs.into_iter().map(|expr| self.group_item(expr)).collect::<R<_>>()?
            }
            _ => return Err(unsupported("this form of GROUP BY")),
        };
        let distinct = match select.distinct {
            None | Some(sql::Distinct::All) => Distinct::No,
            Some(sql::Distinct::Distinct) => Distinct::Yes,
            Some(sql::Distinct::On(exprs)) => Distinct::On(self.exprs(exprs)?),
        };
        Ok(Select {
            distinct,
            items: self.items(select.projection)?,
            from: self.from(select.from)?,
            filter: select.selection.map(|e| self.expr(e)).transpose()?,
            group_by,
            group_distinct: false,
            having: select.having.map(|e| self.expr(e)).transpose()?,
            windows,
        })
    }

    fn group_item(&self, expr: sql::Expr) -> R<GroupItem> {
        let lists = |sets: Vec<Vec<sql::Expr>>| -> R<Vec<Vec<super::ast::Expr>>> {
            sets.into_iter().map(|set| self.exprs(set)).collect()
        };
        Ok(match expr {
            sql::Expr::Rollup(sets) => GroupItem::Rollup(lists(sets)?),
            sql::Expr::Cube(sets) => GroupItem::Cube(lists(sets)?),
            sql::Expr::GroupingSets(sets) => {
                let mut items = vec![];
                for set in sets {
                    let nested = |expr: &sql::Expr| {
                        matches!(
                            expr,
                            sql::Expr::Rollup(_) | sql::Expr::Cube(_) | sql::Expr::GroupingSets(_)
                        )
                    };
                    if set.len() == 1 && nested(&set[0]) {
                        for expr in set {
                            items.push(self.group_item(expr)?);
                        }
                    } else {
                        items.push(GroupItem::Several(self.exprs(set)?));
                    }
                }
                GroupItem::Sets(items)
            }
            sql::Expr::Tuple(parts) if parts.is_empty() => GroupItem::Several(vec![]),
            expr => GroupItem::Expr(self.expr(expr)?),
        })
    }

    pub(super) fn items(&self, items: Vec<sql::SelectItem>) -> R<Vec<Item>> {
        items
            .into_iter()
            .map(|item| {
                Ok(match item {
                    sql::SelectItem::UnnamedExpr(expr) => {
                        Item::Expr { expr: self.expr(expr)?, alias: None }
                    }
                    sql::SelectItem::ExprWithAlias { expr, alias } => {
                        Item::Expr { expr: self.expr(expr)?, alias: Some(names::ident(&alias)) }
                    }
                    sql::SelectItem::Wildcard(options) if is_plain(&options) => Item::Star(None),
                    sql::SelectItem::QualifiedWildcard(
                        sql::SelectItemQualifiedWildcardKind::ObjectName(name),
                        options,
                    ) if is_plain(&options) => Item::Star(names::parts(&name)?.pop()),
                    sql::SelectItem::QualifiedWildcard(
                        sql::SelectItemQualifiedWildcardKind::Expr(expr),
                        options,
                    ) if is_plain(&options) => Item::Fields(self.expr(expr)?),
                    other => return Err(unsupported(format!("the select item {other}"))),
                })
            })
            .collect()
    }

    pub(super) fn from(&self, list: Vec<sql::TableWithJoins>) -> R<Vec<TableRef>> {
        list.into_iter().map(|item| self.table_with_joins(item)).collect()
    }

    pub(super) fn table_with_joins(&self, item: sql::TableWithJoins) -> R<TableRef> {
        let mut left = self.table_ref(item.relation)?;
        for join in item.joins {
            if join.global {
                return Err(unsupported("GLOBAL JOIN"));
            }
            use sql::JoinOperator as J;
            let (kind, constraint) = match join.join_operator {
                J::Join(on) | J::Inner(on) | J::CrossJoin(on) => (JoinKind::Inner, on),
                J::Left(on) | J::LeftOuter(on) => (JoinKind::Left, on),
                J::Right(on) | J::RightOuter(on) => (JoinKind::Right, on),
                J::FullOuter(on) => (JoinKind::Full, on),
                _ => return Err(unsupported("this kind of JOIN")),
            };
            let on = match constraint {
                sql::JoinConstraint::On(expr) => JoinOn::On(self.expr(expr)?),
                sql::JoinConstraint::Using(columns) => {
                    JoinOn::Using(columns.iter().map(names::relation).collect::<R<_>>()?, None)
                }
                sql::JoinConstraint::Natural => JoinOn::Natural,
                sql::JoinConstraint::None => JoinOn::None,
                sql::JoinConstraint::UsingAlias(columns, alias) => JoinOn::Using(
                    columns.iter().map(names::relation).collect::<R<_>>()?,
                    Some(names::ident(&alias)),
                ),
            };
            let right = Box::new(self.table_ref(join.relation)?);
            left = TableRef::Join { kind, left: Box::new(left), right, on, alias: None };
        }
        Ok(left)
    }

    fn table_ref(&self, factor: sql::TableFactor) -> R<TableRef> {
        use sql::TableFactor as F;
        match factor {
            F::Table {
                name,
                alias,
                args,
                with_hints,
                version: None,
                with_ordinality,
                partitions,
                json_path: None,
                sample: None,
                index_directives,
                inheritance,
            } if with_hints.is_empty() && partitions.is_empty() && index_directives.is_empty() => {
                // ONLY and `*` say what is anyhow so without inheritance.
                let _ = inheritance;
                match args {
                    None if with_ordinality => {
                        fail("42601", "syntax error at or near \"ORDINALITY\"")
                    }
                    None => {
                        let (alias, columns) = alias_parts(&alias)?;
                        Ok(TableRef::Table { name: names::relation(&name)?, alias, columns })
                    }
                    Some(args) if args.settings.is_none() => {
                        self.table_function(&name, args.args, alias, with_ordinality)
                    }
                    Some(_) => Err(unsupported("SETTINGS")),
                }
            }
            F::Derived { lateral, subquery, alias, sample: None } => {
                let (name, columns) = alias_parts(&alias)?;
                let query = Box::new(self.query(*subquery)?);
                Ok(TableRef::Subquery { query, alias: name, columns, lateral })
            }
            F::Function { lateral: _, name, args, with_ordinality, alias } => {
                self.table_function(&name, args, alias, with_ordinality)
            }
            F::UNNEST { alias, array_exprs, with_offset: false, with_ordinality, .. } => {
                let (alias, columns) = alias_parts(&alias)?;
                Ok(TableRef::Function(Box::new(TableFunction {
                    parts: vec![FunctionPart {
                        name: "unnest".into(),
                        args: self.exprs(array_exprs)?,
                        typed: vec![],
                    }],
                    rows_from: false,
                    alias,
                    columns,
                    ordinality: with_ordinality,
                })))
            }
            F::NestedJoin { table_with_joins, alias: given } => {
                let mut made = self.table_with_joins(*table_with_joins)?;
                if let (Some(name), columns) = alias_parts(&given)? {
                    let TableRef::Join { alias, .. } = &mut made else {
                        return fail("42601", "syntax error at or near \")\"");
                    };
                    *alias = Some((name, columns));
                }
                Ok(made)
            }
            other => Err(unsupported(format!("{other} in FROM"))),
        }
    }

    fn table_function(
        &self,
        name: &sql::ObjectName,
        args: Vec<sql::FunctionArg>,
        alias: Option<sql::TableAlias>,
        ordinality: bool,
    ) -> R<TableRef> {
        let mut typed = vec![];
        let (mut name_of_alias, mut columns) = (None, vec![]);
        if let Some(alias) = alias {
            if alias.at.is_some() {
                return Err(unsupported(format!("the alias {alias}")));
            }
            name_of_alias = Some(names::ident(&alias.name));
            for column in alias.columns {
                let name = names::ident(&column.name);
                match column.data_type {
                    Some(data_type) => typed.push((name, self.typed(&data_type)?)),
                    None => columns.push(name),
                }
            }
        }
        let args = args
            .into_iter()
            .map(|argument| match argument {
                sql::FunctionArg::Unnamed(sql::FunctionArgExpr::Expr(expr)) => self.expr(expr),
                _ => Err(unsupported(format!("this argument of {name}"))),
            })
            .collect::<R<_>>()?;
        let name = names::function(name)?;
        Ok(TableRef::Function(Box::new(TableFunction {
            parts: vec![FunctionPart { name, args, typed }],
            rows_from: false,
            alias: name_of_alias,
            columns,
            ordinality,
        })))
    }
}

fn is_plain(options: &sql::WildcardAdditionalOptions) -> bool {
    options.opt_ilike.is_none()
        && options.opt_exclude.is_none()
        && options.opt_except.is_none()
        && options.opt_replace.is_none()
        && options.opt_rename.is_none()
        && options.opt_alias.is_none()
}

fn alias_parts(alias: &Option<sql::TableAlias>) -> R<(Option<String>, Vec<String>)> {
    let Some(alias) = alias else { return Ok((None, vec![])) };
    if alias.at.is_some() || alias.columns.iter().any(|column| column.data_type.is_some()) {
        return Err(unsupported(format!("the alias {alias}")));
    }
    let columns = alias.columns.iter().map(|column| names::ident(&column.name)).collect();
    Ok((Some(names::ident(&alias.name)), columns))
}
