//! DROP TYPE and DROP DOMAIN, and what depends on a type.

use std::sync::Arc;

use super::super::catalog::{Catalog, Made, Table, TypeDef};
use super::super::errors::{R, fail, pg};
use super::super::parse::ast::{self, Name};
use super::super::types::{Kind, Type};
use super::ddl::Ddl;
use super::ddl_depend::{Object, describe};
use super::ddl_drop::drop_objects;
use super::ddl_types::mentions;

/// DROP TYPE, and DROP DOMAIN.
pub(super) fn drop(
    ddl: &mut Ddl<'_>,
    written: &Name,
    if_exists: bool,
    cascade: bool,
    also: &[Name],
    only_domains: bool,
) -> R<bool> {
    let catalog = ddl.catalog();
    let parts: Vec<String> = written.schema.iter().chain([&written.name]).cloned().collect();
    let name = written.to_string();
    let Some(ty) = catalog.type_at(&parts)? else {
        if !if_exists {
            return fail("42704", format!("type \"{name}\" does not exist"));
        }
        ddl.skip(format!("type \"{name}\" does not exist"));
        return Ok(true);
    };
    let Some(def) = catalog.type_def(ty).cloned() else {
        return Err(pg(
            "2BP01",
            format!("cannot drop type {name} because table {name} requires it"),
        ));
    };
    if only_domains && ty.kind() != Some(Kind::Domain) {
        return fail("42809", format!("\"{name}\" is not a domain"));
    }
    let users = users(&catalog, ty, also);
    if !cascade && !users.is_empty() {
        let shown = describe(&catalog, Object::Type(def.oid))?;
        let detail: Vec<String> = users.iter().map(|user| user.depends(&shown)).collect();
        return Err(pg(
            "2BP01",
            format!("cannot drop type {name} because other objects depend on it"),
        )
        .with_detail(detail.join("\n")));
    }
    ddl.cascades(&users.iter().map(User::described).collect::<Vec<_>>());
    for user in users {
        match user {
            User::Column(table, column) => {
                let table = ddl.catalog().table(table.oid)?.clone();
                if !ddl.lock(&table, ast::TableLock::AccessExclusive)? {
                    return Ok(false);
                }
                let id = table.column(&column).map(|at| table.columns[at].id);
                if let Some(id) = id
                    && !drop_objects(ddl, &[Object::Column(table.oid, id)], true)?
                {
                    return Ok(false);
                }
            }
            User::Type(other) => {
                let schema = Some(catalog.schema_name(other.schema).to_owned());
                let whole = Name { schema, name: other.name.to_string() };
                if !drop(ddl, &whole, true, true, &[], false)? {
                    return Ok(false);
                }
            }
            User::Field(other, field) => {
                let mut changed = (*other).clone();
                if let Made::Composite(fields) = &mut changed.made {
                    fields.retain(|known| known.name != field);
                }
                ddl.put_type(changed)?;
            }
        }
    }
    ddl.remove_type(def.oid)?;
    Ok(true)
}

/// What needs a type.
enum User {
    Column(Arc<Table>, Arc<str>),
    Field(Arc<TypeDef>, Arc<str>),
    Type(Arc<TypeDef>),
}

impl User {
    fn described(&self) -> String {
        match self {
            User::Column(table, column) => format!("column {column} of table {}", table.name),
            User::Field(def, field) => format!("column {field} of composite type {}", def.name),
            User::Type(def) => format!("type {}", def.name),
        }
    }

    /// `on` is `type mood`.
    fn depends(&self, on: &str) -> String {
        let array = |ty: Option<Type>| {
            if ty.is_some_and(|ty| ty.element().is_some()) { "[]" } else { "" }
        };
        match self {
            User::Column(table, column) => {
                let at = table.column(column).map(|at| table.columns[at].typed.ty);
                format!("column {column} of table {} depends on {on}{}", table.name, array(at))
            }
            User::Field(def, field) => {
                let fields = match &def.made {
                    Made::Composite(fields) => &fields[..],
                    _ => &[],
                };
                let ty = fields.iter().find(|f| f.name == *field).map(|f| f.typed.ty);
                format!(
                    "column {field} of composite type {} depends on {on}{}",
                    def.name,
                    array(ty)
                )
            }
            User::Type(def) => {
                let ty = def.domain().map(|domain| domain.base.ty);
                format!("type {} depends on {on}{}", def.name, array(ty))
            }
        }
    }
}

fn users(catalog: &Catalog, ty: Type, also: &[Name]) -> Vec<User> {
    let mut users = vec![];
    for table in catalog.tables() {
        for column in table.columns.iter().rev() {
            if mentions(column.typed.ty, ty) {
                users.push((
                    column.typed.ty != ty,
                    User::Column(table.clone(), column.name.clone()),
                ));
            }
        }
    }
    for def in catalog.types() {
        if also.iter().any(|name| *name.name == *def.name) {
            continue;
        }
        match &def.made {
            Made::Domain(domain) if mentions(domain.base.ty, ty) => {
                users.push((domain.base.ty != ty, User::Type(def.clone())));
            }
            Made::Composite(fields) => {
                for field in fields.iter().filter(|field| mentions(field.typed.ty, ty)) {
                    users
                        .push((field.typed.ty != ty, User::Field(def.clone(), field.name.clone())));
                }
            }
            _ => {}
        }
    }
    // Who has an array of it comes first.
    users.sort_by_key(|(array, _)| !array);
    users.into_iter().map(|(_, user)| user).collect()
}
