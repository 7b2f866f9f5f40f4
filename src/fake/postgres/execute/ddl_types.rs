//! CREATE, ALTER and DROP of types and domains.

use std::sync::Arc;

use super::super::catalog::{
    Catalog, Domain, DomainCheck, Field, LABEL_GAP, Label, Made, Oid, TypeDef, choose,
};
use super::super::errors::{R, fail, pg, unsupported};
use super::super::parse::ast::{
    self, AlterDomain, AlterType, CreateDomain, CreateType, Name, Persistence,
};
use super::super::plan::Binder;
use super::super::types::{Datum, Type, Typed, cast};
use super::ddl::Ddl;
use super::ddl_pure::Pure;

impl Ddl<'_> {
    pub(super) fn put_type(&mut self, def: TypeDef) -> R<()> {
        let version = self.version();
        self.draft()?.put_type(def, version);
        Ok(())
    }

    pub(super) fn remove_type(&mut self, oid: Oid) -> R<()> {
        let version = self.version();
        self.draft()?.remove(oid, version);
        Ok(())
    }
}

/// The longest label of an enum, in bytes.
const LONGEST_LABEL: usize = 63;

/// The schema in which a type is made, and its name there.
fn place<'n>(ddl: &mut Ddl<'_>, name: &'n [String]) -> R<(Oid, &'n str)> {
    let (schema, own) = match name {
        [own] => (None, own),
        [schema, own] => (Some(schema.clone()), own),
        _ => return fail("42601", "improper qualified name (too many dotted names)"),
    };
    let whole = Name { schema, name: own.clone() };
    Ok((ddl.schema_for(&whole, Persistence::Permanent)?, own))
}

fn check_free(catalog: &Catalog, schema: Oid, name: &str, composite: bool) -> R<()> {
    if composite && catalog.relation_in(schema, name).is_some() {
        return fail("42P07", format!("relation \"{name}\" already exists"));
    }
    match catalog.type_in(schema, name) {
        Some(_) => fail("42710", format!("type \"{name}\" already exists")),
        None => Ok(()),
    }
}

pub(super) fn create(ddl: &mut Ddl<'_>, name: &[String], definition: &CreateType) -> R<bool> {
    let (schema, name) = place(ddl, name)?;
    if !ddl.await_name(schema, name, super::ddl::CatalogIndex::Types)? {
        return Ok(false);
    }
    let catalog = ddl.catalog();
    let made = match definition {
        CreateType::Enum(labels) => {
            check_free(&catalog, schema, name, false)?;
            let mut made: Vec<Label> = vec![];
            for (place, label) in labels.iter().enumerate() {
                check_label(label)?;
                if made.iter().any(|known| *known.name == **label) {
                    return fail(
                        "23505",
                        "duplicate key value violates unique constraint \"pg_enum_typid_label_index\"",
                    );
                }
                let place = (place as i64 + 1) * LABEL_GAP;
                made.push(Label { place, name: label.as_str().into(), fresh: false });
            }
            Made::Enum(made)
        }
        CreateType::Composite(attributes) => {
            let mut fields: Vec<Field> = vec![];
            for attribute in attributes {
                if fields.iter().any(|field| *field.name == *attribute.name) {
                    return fail(
                        "42701",
                        format!("column \"{}\" specified more than once", attribute.name),
                    );
                }
                let typed = Binder::new(&catalog).type_of(&attribute.typed)?;
                fields.push(Field { name: attribute.name.as_str().into(), typed });
            }
            check_free(&catalog, schema, name, true)?;
            Made::Composite(fields)
        }
    };
    let oid = ddl.engine.new_oid();
    ddl.put_type(TypeDef { oid, schema, name: name.into(), made })?;
    Ok(true)
}

fn check_label(label: &str) -> R<()> {
    if label.len() > LONGEST_LABEL {
        return Err(pg("42602", format!("invalid enum label \"{label}\""))
            .with_detail(format!("Labels must be {LONGEST_LABEL} bytes or less.")));
    }
    Ok(())
}

/// The definition under that name, or 42704.
fn found(catalog: &Catalog, name: &[String]) -> R<TypeDef> {
    let written = name.join(".");
    match catalog.type_at(name)? {
        Some(ty) => match catalog.type_def(ty) {
            Some(def) => Ok((**def).clone()),
            None => fail("42809", format!("{written} is a table's row type")),
        },
        None if name.last().is_some_and(|own| Type::named(own).is_some()) => {
            Err(unsupported(format!("a change of the type {written}")))
        }
        None => fail("42704", format!("type \"{written}\" does not exist")),
    }
}

pub(super) fn alter(ddl: &mut Ddl<'_>, name: &[String], action: &AlterType) -> R<bool> {
    let catalog = ddl.catalog();
    let mut def = found(&catalog, name)?;
    let (own, def_ty) = (def.name.clone(), def.ty());
    match (action, &mut def.made) {
        (AlterType::AddValue { value, if_not_exists, place }, Made::Enum(labels)) => {
            check_label(value)?;
            if labels.iter().any(|label| *label.name == **value) {
                let what = format!("enum label \"{value}\" already exists");
                return ddl.taken("42710", what, *if_not_exists).map(|()| true);
            }
            let at = match place {
                None => labels.len(),
                Some(beside) => match labels.iter().position(|l| *l.name == *beside.value) {
                    Some(at) => at + usize::from(!beside.before),
                    None => {
                        return fail(
                            "22023",
                            format!("\"{}\" is not an existing enum label", beside.value),
                        );
                    }
                },
            };
            let place = between(labels, at)?;
            labels.insert(at, Label { place, name: value.as_str().into(), fresh: true });
        }
        (AlterType::RenameValue { from, to }, Made::Enum(labels)) => {
            check_label(to)?;
            let Some(at) = labels.iter().position(|label| *label.name == **from) else {
                return fail("22023", format!("\"{from}\" is not an existing enum label"));
            };
            if labels.iter().any(|label| *label.name == **to) {
                return fail("42710", format!("enum label \"{to}\" already exists"));
            }
            labels[at].name = to.as_str().into();
        }
        (AlterType::AddValue { .. } | AlterType::RenameValue { .. }, _) => {
            return fail("42809", format!("{own} is not an enum"));
        }
        (AlterType::RenameTo(to), _) => {
            if !ddl.await_name(def.schema, to, super::ddl::CatalogIndex::Types)? {
                return Ok(false);
            }
            check_free(&catalog, def.schema, to, matches!(def.made, Made::Composite(_)))?;
            def.name = to.as_str().into();
        }
        (AlterType::AddAttribute(attribute), Made::Composite(fields)) => {
            if fields.iter().any(|field| *field.name == *attribute.name) {
                return fail(
                    "42701",
                    format!("column \"{}\" of relation \"{own}\" already exists", attribute.name),
                );
            }
            let typed = Binder::new(&catalog).type_of(&attribute.typed)?;
            fields.push(Field { name: attribute.name.as_str().into(), typed });
        }
        (AlterType::RenameAttribute { from, to }, Made::Composite(fields)) => {
            if fields.iter().any(|field| *field.name == **to) {
                return fail(
                    "42701",
                    format!("column \"{to}\" of relation \"{own}\" already exists"),
                );
            }
            match fields.iter_mut().find(|field| *field.name == **from) {
                Some(field) => field.name = to.as_str().into(),
                None => return fail("42703", format!("column \"{from}\" does not exist")),
            }
        }
        (AlterType::DropAttribute { name: gone, if_exists }, Made::Composite(fields)) => {
            let Some(at) = fields.iter().position(|field| *field.name == **gone) else {
                let what = format!("column \"{gone}\" of relation \"{own}\" does not exist");
                if !if_exists {
                    return fail("42703", what);
                }
                ddl.skip(what);
                return Ok(true);
            };
            if unused(&catalog, def_ty, &own).is_err() {
                return Err(unsupported("DROP ATTRIBUTE of a type that a column has"));
            }
            fields.remove(at);
        }
        (AlterType::RetypeAttribute(attribute), Made::Composite(fields)) => {
            let typed = Binder::new(&catalog).type_of(&attribute.typed)?;
            unused(&catalog, def_ty, &own)?;
            match fields.iter_mut().find(|field| *field.name == *attribute.name) {
                Some(field) => field.typed = typed,
                None => {
                    return fail(
                        "42703",
                        format!(
                            "column \"{}\" of relation \"{own}\" does not exist",
                            attribute.name
                        ),
                    );
                }
            }
        }
        _ => return fail("42809", format!("\"{own}\" is not a composite type")),
    }
    ddl.put_type(def)?;
    Ok(true)
}

/// Values that are stored keep the fields they were stored with, so that a column stands against this.
fn unused(catalog: &Catalog, ty: Type, name: &str) -> R<()> {
    for table in catalog.tables() {
        if let Some(column) = table.columns.iter().find(|column| mentions(column.typed.ty, ty)) {
            return fail(
                "0A000",
                format!(
                    "cannot alter type \"{name}\" because column \"{}.{}\" uses it",
                    table.name, column.name
                ),
            );
        }
    }
    Ok(())
}

/// A place between the neighbours.
fn between(labels: &[Label], at: usize) -> R<i64> {
    let before = at.checked_sub(1).and_then(|at| labels.get(at)).map(|label| label.place);
    let after = labels.get(at).map(|label| label.place);
    Ok(match (before, after) {
        (None, None) => LABEL_GAP,
        (Some(before), None) => before + LABEL_GAP,
        (None, Some(after)) => after - LABEL_GAP,
        (Some(before), Some(after)) if after - before > 1 => before + (after - before) / 2,
        _ => return Err(unsupported("so many enum values between two others")),
    })
}

pub(super) fn mentions(ty: Type, wanted: Type) -> bool {
    ty == wanted || ty.element() == Some(wanted)
}

pub(super) fn create_domain(ddl: &mut Ddl<'_>, create: &CreateDomain) -> R<bool> {
    let (schema, name) = place(ddl, &create.name)?;
    if !ddl.await_name(schema, name, super::ddl::CatalogIndex::Types)? {
        return Ok(false);
    }
    let catalog = ddl.catalog();
    check_free(&catalog, schema, name, false)?;
    let base = Binder::new(&catalog).type_of(&create.base)?;
    if base.ty.category() == super::super::types::Category::Pseudo {
        return fail(
            "42804",
            format!("\"{}\" is not a valid base type for a domain", base.ty.name()),
        );
    }
    let mut domain = Domain { base, default: None, not_null: create.not_null, checks: vec![] };
    domain.default = match &create.default {
        Some(expr) => Some(Arc::new(Binder::new(&catalog).domain_default(expr.clone(), base)?)),
        None => None,
    };
    for (given, expr) in &create.checks {
        add_check(&catalog, name, &mut domain, given.as_deref(), expr, true)?;
    }
    let oid = ddl.engine.new_oid();
    let made = Made::Domain(domain);
    ddl.put_type(TypeDef { oid, schema, name: name.into(), made })?;
    Ok(true)
}

fn add_check(
    catalog: &Catalog,
    owner: &str,
    domain: &mut Domain,
    name: Option<&str>,
    expr: &ast::Expr,
    valid: bool,
) -> R<()> {
    let taken = |name: &str| domain.checks.iter().any(|check| *check.name == *name);
    let name = match name {
        Some(name) if taken(name) => {
            return fail(
                "42710",
                format!("constraint \"{name}\" for domain \"{owner}\" already exists"),
            );
        }
        Some(name) => name.to_owned(),
        None => choose(owner, &[], "check", taken),
    };
    let expr = Binder::new(catalog).domain_check(expr.clone(), domain.base)?;
    domain.checks.push(DomainCheck { name: name.into(), expr: Arc::new(expr), valid });
    // They are tried in the order of their names.
    domain.checks.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(())
}

pub(super) fn alter_domain(ddl: &mut Ddl<'_>, name: &[String], action: &AlterDomain) -> R<bool> {
    let catalog = ddl.catalog();
    let mut def = found(&catalog, name)?;
    let (own, ty) = (def.name.clone(), def.ty());
    if let AlterDomain::RenameTo(to) = action {
        if def.domain().is_none() {
            return fail("42809", format!("{own} is not a domain"));
        }
        return alter(ddl, name, &AlterType::RenameTo(to.clone()));
    }
    let Made::Domain(domain) = &mut def.made else {
        return fail("42809", format!("{own} is not a domain"));
    };
    match action {
        AlterDomain::RenameTo(_) => {}
        AlterDomain::SetDefault(None) => domain.default = None,
        AlterDomain::SetDefault(Some(expr)) => {
            let expr = Binder::new(&catalog).domain_default(expr.clone(), domain.base)?;
            domain.default = Some(Arc::new(expr));
        }
        AlterDomain::SetNotNull(false) => domain.not_null = false,
        AlterDomain::SetNotNull(true) => {
            domain.not_null = true;
            for_values(ddl, ty, |table, column, value| {
                if value.is_null() {
                    return fail(
                        "23502",
                        format!("column \"{column}\" of table \"{table}\" contains null values"),
                    );
                }
                Ok(())
            })?;
        }
        AlterDomain::AddCheck { name: given, expr, not_valid } => {
            add_check(&catalog, &own, domain, given.as_deref(), expr, !not_valid)?;
            if !not_valid {
                let known = catalog.type_def(ty).and_then(|def| def.domain());
                let known = known.map_or(&[][..], |domain| &domain.checks[..]);
                let new = domain.checks.iter().find(|c| !known.iter().any(|k| k.name == c.name));
                if let Some(check) = new {
                    validate(ddl, ty, check)?;
                }
            }
        }
        AlterDomain::ValidateConstraint(name) => {
            let Some(check) = domain.checks.iter_mut().find(|check| *check.name == **name) else {
                return missing(name, &own);
            };
            validate(ddl, ty, check)?;
            check.valid = true;
        }
        AlterDomain::DropConstraint { name, if_exists } => {
            let before = domain.checks.len();
            domain.checks.retain(|check| *check.name != **name);
            if domain.checks.len() == before {
                if !if_exists {
                    return missing(name, &own);
                }
                ddl.skip(format!("constraint \"{name}\" of domain \"{own}\" does not exist"));
                return Ok(true);
            }
        }
        AlterDomain::RenameConstraint { from, to } => {
            if domain.checks.iter().any(|check| *check.name == **to) {
                return fail(
                    "42710",
                    format!("constraint \"{to}\" for domain {own} already exists"),
                );
            }
            match domain.checks.iter_mut().find(|check| *check.name == **from) {
                Some(check) => check.name = to.as_str().into(),
                None => {
                    return fail(
                        "42704",
                        format!("constraint \"{from}\" for domain {own} does not exist"),
                    );
                }
            }
            domain.checks.sort_by(|a, b| a.name.cmp(&b.name));
        }
    }
    ddl.put_type(def)?;
    Ok(true)
}

fn missing<T>(name: &str, domain: &str) -> R<T> {
    fail("42704", format!("constraint \"{name}\" of domain \"{domain}\" does not exist"))
}

fn validate(ddl: &Ddl<'_>, ty: Type, check: &DomainCheck) -> R<()> {
    let mut pure = Pure::new();
    for_values(ddl, ty, |table, column, value| {
        if matches!(pure.eval(&check.expr, std::slice::from_ref(value))?, Datum::Bool(false)) {
            return Err(pg(
                "23514",
                format!(
                    "column \"{column}\" of table \"{table}\" contains values that violate the new constraint"
                ),
            ));
        }
        Ok(())
    })
}

/// Every stored value of that domain, or of a domain over it.
fn for_values(
    ddl: &Ddl<'_>,
    ty: Type,
    mut visit: impl FnMut(&str, &str, &Datum) -> R<()>,
) -> R<()> {
    let catalog = ddl.catalog();
    for table in catalog.tables() {
        for (place, column) in table.columns.iter().enumerate() {
            if !is_over(&catalog, column.typed.ty, ty) {
                continue;
            }
            for row in ddl.rows(table.heap)? {
                visit(&table.name, &column.name, &row[place])?;
            }
        }
    }
    Ok(())
}

fn is_over(catalog: &Catalog, ty: Type, domain: Type) -> bool {
    let mut ty = ty;
    loop {
        if ty == domain {
            return true;
        }
        match catalog.type_def(ty).and_then(|def| def.domain()) {
            Some(over) => ty = over.base.ty,
            None => return false,
        }
    }
}

/// True if a table that is to be made must not be called so.
pub(super) fn table_name_taken(catalog: &Catalog, schema: Oid, name: &str) -> bool {
    catalog.relation_in(schema, name).is_none() && catalog.type_in(schema, name).is_some()
}

/// A column's value under another type.
pub(super) fn converted(value: &Datum, from: Type, to: Typed, now: i64) -> R<Datum> {
    let value = cast::fit(cast::convert(value, from, to.ty, now)?, to, false)?;
    super::parts::constrain(&value, to.ty)?;
    Ok(value)
}
