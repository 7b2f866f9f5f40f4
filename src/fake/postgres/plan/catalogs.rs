//! Functions that ask the catalog, of names and numbers that are known when the statement is planned.

use super::super::catalog::Relation;
use super::super::errors::{R, fail};
use super::super::types::{Datum, Type};
use super::binder::Binder;
use super::coerce::relation_name;
use super::expr::{Bound, Expr};

/// The arguments, if all are constants.
fn constants(args: &[Bound]) -> Option<Vec<&Datum>> {
    args.iter()
        .map(|bound| match &bound.expr {
            Expr::Const(value) => Some(value),
            _ => None,
        })
        .collect()
}

fn text(value: Option<&str>) -> Bound {
    let value = value.map_or(Datum::Null, Datum::text);
    Bound::new(Expr::Const(value), Type::TEXT)
}

impl Binder<'_> {
    /// The answer of such a function; `None` if it is none.
    pub(super) fn catalog_function(&self, name: &str, args: &[Bound]) -> R<Option<Bound>> {
        let Some(values) = constants(args) else { return Ok(None) };
        let number = |value: &Datum| match value {
            Datum::Int(oid) => Some(*oid as u32),
            _ => None,
        };
        Ok(match (name, values.as_slice()) {
            ("pg_get_serial_sequence", [table, column]) => {
                let (Some(table), Some(column)) = (table.as_text(), column.as_text()) else {
                    return Ok(None);
                };
                Some(text(self.serial_sequence(table, column)?.as_deref()))
            }
            ("to_regclass", [name]) => {
                let Some(name) = name.as_text() else { return Ok(None) };
                let found = relation_name(name).ok().and_then(|name| self.catalog.find(&name));
                let oid = found.map_or(Datum::Null, |found| Datum::Int(found.oid().into()));
                Some(Bound::new(Expr::Const(oid), Type::REGCLASS))
            }
            ("nextval" | "currval" | "setval", [object, ..]) => {
                let named = object.as_text().and_then(|text| relation_name(text).ok());
                let named = named.and_then(|name| self.catalog.find(&name)).map(|r| r.oid());
                if let Some(oid) = named.or_else(|| number(object)) {
                    self.check_sequence(oid)?;
                }
                None
            }
            ("current_schemas", [implicit]) => {
                let path = &self.catalog.path;
                let mut names: Vec<Datum> =
                    path.shown.iter().map(|name| Datum::text(&**name)).collect();
                if implicit.is_true() {
                    if !path.lists_catalog {
                        names.insert(0, Datum::text("pg_catalog"));
                    }
                    let own = path.temporary.and_then(|oid| self.catalog.schema(oid));
                    if let Some(own) = own.filter(|own| !path.shown.contains(&own.name)) {
                        names.insert(0, Datum::text(&*own.name));
                    }
                }
                let Some(array) = Type::NAME.array() else { return Ok(None) };
                let names = Datum::array(Type::NAME, names);
                Some(Bound::new(Expr::Const(names), array))
            }
            _ => None,
        })
    }

    fn serial_sequence(&self, table: &str, column: &str) -> R<Option<String>> {
        let name = relation_name(table)?;
        let table = match self.catalog.seek(&name)? {
            Some(Relation::Table(oid)) => self.catalog.table(oid)?,
            Some(_) => {
                return fail(
                    "42703",
                    format!("column \"{column}\" of relation \"{}\" does not exist", name.name),
                );
            }
            None => return fail("42P01", format!("relation \"{name}\" does not exist")),
        };
        let id = table.columns[table.require_column(column)?].id;
        let sequence = self.catalog.owned_sequences(table.oid, Some(id)).next();
        Ok(sequence.map(|sequence| {
            let schema = self.catalog.schema_name(sequence.schema);
            format!("{}.{}", quoted(schema), quoted(&sequence.name))
        }))
    }

    /// 42809 for what has no next value.
    fn check_sequence(&self, oid: u32) -> R<()> {
        let name = if let Ok(table) = self.catalog.table(oid) {
            &table.name
        } else if let Ok(view) = self.catalog.view(oid) {
            &view.name
        } else {
            return Ok(());
        };
        fail("42809", format!("\"{name}\" is not a sequence"))
    }
}

/// A name as SQL would write it.
pub(crate) fn quoted(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '$');
    if plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}
