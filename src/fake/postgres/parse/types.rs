//! CREATE and ALTER TYPE, CREATE DOMAIN, and the names of types that PostgreSQL does not bring along.

use sqlparser::ast as sql;

use super::super::errors::{R, unsupported};
use super::ast::{
    AlterType, Attribute, Beside, CreateDomain, CreateType, Statement, Step, Target, TypeName,
};
use super::{Converter, names};

impl Converter {
    pub(super) fn create_type(
        &self,
        name: &sql::ObjectName,
        representation: Option<sql::UserDefinedTypeRepresentation>,
    ) -> R<Statement> {
        use sql::UserDefinedTypeRepresentation as U;
        let definition = match representation {
            Some(U::Enum { labels }) => {
                CreateType::Enum(labels.into_iter().map(|label| label.value).collect())
            }
            Some(U::Composite { attributes }) => CreateType::Composite(
                attributes
                    .into_iter()
                    .map(|attribute| {
                        if attribute.collation.is_some() {
                            return Err(unsupported("COLLATE"));
                        }
                        Ok(Attribute {
                            name: names::ident(&attribute.name),
                            typed: self.typed(&attribute.data_type)?,
                        })
                    })
                    .collect::<R<_>>()?,
            ),
            Some(U::Range { .. }) => return Err(unsupported("CREATE TYPE … AS RANGE")),
            _ => return Err(unsupported("CREATE TYPE of a base type")),
        };
        Ok(Statement::CreateType { name: names::parts(name)?, definition })
    }

    pub(super) fn alter_type(&self, alter: sql::AlterType) -> R<Statement> {
        use sql::AlterTypeOperation as A;
        let action = match alter.operation {
            A::Rename(rename) => AlterType::RenameTo(names::ident(&rename.new_name)),
            A::AddValue(add) => AlterType::AddValue {
                value: add.value.value,
                if_not_exists: add.if_not_exists,
                place: add.position.map(|position| match position {
                    sql::AlterTypeAddValuePosition::Before(value) => {
                        Beside { value: value.value, before: true }
                    }
                    sql::AlterTypeAddValuePosition::After(value) => {
                        Beside { value: value.value, before: false }
                    }
                }),
            },
            A::RenameValue(rename) => {
                AlterType::RenameValue { from: rename.from.value, to: rename.to.value }
            }
        };
        Ok(Statement::AlterType { name: names::parts(&alter.name)?, action })
    }

    pub(super) fn create_domain(&self, create: sql::CreateDomain) -> R<Statement> {
        if create.collation.is_some() {
            return Err(unsupported("COLLATE"));
        }
        let checks = create
            .constraints
            .into_iter()
            .map(|constraint| match constraint {
                sql::TableConstraint::Check(check) => {
                    Ok((check.name.as_ref().map(names::ident), self.expr(*check.expr)?))
                }
                other => Err(unsupported(format!("the domain constraint {other}"))),
            })
            .collect::<R<_>>()?;
        Ok(Statement::CreateDomain(Box::new(CreateDomain {
            name: names::parts(&create.name)?,
            base: self.typed(&create.data_type)?,
            default: create.default.map(|expr| self.expr(expr)).transpose()?,
            not_null: false,
            checks,
        })))
    }

    /// A type, among them those that users have made.
    pub(super) fn typed(&self, data_type: &sql::DataType) -> R<TypeName> {
        match data_type {
            sql::DataType::Array(sql::ArrayElemTypeDef::SquareBracket(element, _)) => {
                match self.typed(element)? {
                    TypeName::Named { parts, .. } => Ok(TypeName::Named { parts, array: true }),
                    TypeName::Known(_) => self.known_type(data_type).map(TypeName::Known),
                }
            }
            sql::DataType::Custom(name, modifiers) if modifiers.is_empty() => {
                match self.known_type(data_type) {
                    Err(error) if error.code().is_some_and(|code| code.as_str() == "42704") => {
                        Ok(TypeName::Named { parts: names::parts(name)?, array: false })
                    }
                    known => known.map(TypeName::Known),
                }
            }
            other => self.known_type(other).map(TypeName::Known),
        }
    }
}

/// A column, or a field of it, as the target of INSERT or SET.
pub(super) fn target(name: &sql::ObjectName) -> R<Target> {
    let mut parts = names::parts(name)?.into_iter();
    let column = parts.next().ok_or_else(|| unsupported("a target without a name"))?;
    Ok(Target { column, path: parts.map(Step::Field).collect() })
}
