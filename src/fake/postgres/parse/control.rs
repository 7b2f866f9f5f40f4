//! Transaction control and settings.

use sqlparser::ast as sql;

use super::super::errors::{R, fail, unsupported};
use super::ast::{Control, Isolation, Modes, Statement, TableLock};
use super::{Converter, headline, names};

impl Converter {
    pub(super) fn control(&self, statement: sql::Statement) -> R<Control> {
        use sql::Statement as S;
        Ok(match statement {
            S::StartTransaction {
                modes,
                begin,
                modifier: None,
                statements,
                exception: None,
                has_end_keyword: false,
                ..
            } if statements.is_empty() => {
                Control::Begin { modes: self.transaction_modes(&modes)?, start: !begin }
            }
            S::Commit { chain, modifier: None, .. } => Control::Commit { chain },
            S::Rollback { chain, savepoint: None } => Control::Rollback { chain },
            S::Rollback { savepoint: Some(name), .. } => Control::RollbackTo(names::ident(&name)),
            S::Savepoint { name } => Control::Savepoint(names::ident(&name)),
            S::ReleaseSavepoint { name } => Control::Release(names::ident(&name)),
            S::ShowVariable { variable } => {
                let words: Vec<String> = variable.iter().map(names::ident).collect();
                Control::Show(
                    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                        ["transaction", "isolation", "level"] => "transaction_isolation".into(),
                        ["time", "zone"] => "timezone".into(),
                        [name] => (*name).into(),
                        parts => parts.join("."),
                    },
                )
            }
            S::Reset(sql::ResetStatement { reset }) => match reset {
                sql::Reset::ALL => Control::Reset(None),
                sql::Reset::ConfigurationParameter(name) => {
                    Control::Reset(Some(names::parts(&name)?.join(".")))
                }
                sql::Reset::SessionAuthorization => {
                    return Err(unsupported("RESET SESSION AUTHORIZATION"));
                }
            },
            S::Set(set) => self.set(set)?,
            other => return Err(unsupported(headline(&other))),
        })
    }

    fn set(&self, set: sql::Set) -> R<Control> {
        match set {
            sql::Set::SingleAssignment { scope, hivevar: false, variable, values } => {
                let local = match scope {
                    None | Some(sql::ContextModifier::Session) => false,
                    Some(sql::ContextModifier::Local) => true,
                    Some(sql::ContextModifier::Global) => return Err(unsupported("SET GLOBAL")),
                };
                let mut texts = vec![];
                for value in values {
                    texts.push(setting_value(&value)?);
                }
                let value = match texts.as_slice() {
                    [None] => None,
                    texts => Some(texts.iter().flatten().cloned().collect::<Vec<_>>().join(", ")),
                };
                Ok(Control::Set { name: names::parts(&variable)?.join("."), value, local })
            }
            sql::Set::SetTimeZone { local, value } => {
                let value = match value {
                    sql::Expr::Identifier(word) if word.value.eq_ignore_ascii_case("local") => None,
                    value => setting_value(&value)?,
                };
                Ok(Control::Set { name: "timezone".into(), value, local })
            }
            sql::Set::SetTransaction { modes, snapshot: None, session } => {
                Ok(Control::SetTransaction { modes: self.transaction_modes(&modes)?, session })
            }
            sql::Set::SetTransaction { .. } => Err(unsupported("SET TRANSACTION SNAPSHOT")),
            other => Err(unsupported(headline(&other))),
        }
    }

    pub(super) fn lock_table(&self, lock: sql::Lock) -> R<Statement> {
        let tables =
            lock.tables.iter().map(|table| names::relation(&table.name)).collect::<R<_>>()?;
        use sql::LockTableMode as M;
        let mode = match lock.lock_mode {
            Some(M::AccessShare) => TableLock::AccessShare,
            Some(M::RowShare) => TableLock::RowShare,
            Some(M::RowExclusive) => TableLock::RowExclusive,
            Some(M::ShareUpdateExclusive) => TableLock::ShareUpdateExclusive,
            Some(M::Share) => TableLock::Share,
            Some(M::ShareRowExclusive) => TableLock::ShareRowExclusive,
            Some(M::Exclusive) => TableLock::Exclusive,
            Some(M::AccessExclusive) | None => TableLock::AccessExclusive,
        };
        Ok(Statement::LockTable { tables, mode, nowait: lock.nowait })
    }
}

/// `None` for DEFAULT.
fn setting_value(value: &sql::Expr) -> R<Option<String>> {
    Ok(Some(match value {
        sql::Expr::Identifier(word)
            if word.quote_style.is_none() && word.value.eq_ignore_ascii_case("default") =>
        {
            return Ok(None);
        }
        sql::Expr::Identifier(word) => names::ident(word),
        sql::Expr::Value(value) => match &value.value {
            sql::Value::SingleQuotedString(text) | sql::Value::EscapedStringLiteral(text) => {
                text.clone()
            }
            sql::Value::Number(number, _) => number.clone(),
            sql::Value::Boolean(flag) => if *flag { "on" } else { "off" }.into(),
            other => return fail("42601", format!("syntax error at or near \"{other}\"")),
        },
        sql::Expr::UnaryOp { op: sql::UnaryOperator::Minus, expr } => {
            format!("-{}", setting_value(expr)?.unwrap_or_default())
        }
        other => return Err(unsupported(format!("SET … = {other}"))),
    }))
}

impl Converter {
    fn transaction_modes(&self, list: &[sql::TransactionMode]) -> R<Modes> {
        let mut modes = Modes { deferrable: self.deferrable, ..Modes::default() };
        for mode in list {
            match mode {
                sql::TransactionMode::AccessMode(access) => {
                    modes.read_only = Some(matches!(access, sql::TransactionAccessMode::ReadOnly));
                }
                sql::TransactionMode::IsolationLevel(level) => {
                    use sql::TransactionIsolationLevel as L;
                    modes.isolation = Some(match level {
                        L::ReadUncommitted => Isolation::ReadUncommitted,
                        L::ReadCommitted => Isolation::ReadCommitted,
                        L::RepeatableRead => Isolation::RepeatableRead,
                        L::Serializable => Isolation::Serializable,
                        L::Snapshot => {
                            return fail("42601", "syntax error at or near \"SNAPSHOT\"");
                        }
                    });
                }
            }
        }
        Ok(modes)
    }
}
