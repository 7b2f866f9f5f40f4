//! Types that users make: enums, domains, composites; and the catalog in which their names are looked up.

use std::cell::RefCell;
use std::sync::Arc;

use super::{Catalog, Oid, Relation};
use crate::fake::postgres::errors::R;
use crate::fake::postgres::functions::quote_identifier;
use crate::fake::postgres::parse;
use crate::fake::postgres::plan::{Binder, Expr};
use crate::fake::postgres::types::{Kind, Type, Typed};

/// A type that a user has made.
#[derive(Clone, Debug)]
pub(crate) struct TypeDef {
    pub(crate) oid: Oid,
    pub(crate) schema: Oid,
    pub(crate) name: Arc<str>,
    pub(crate) made: Made,
}

#[derive(Clone, Debug)]
pub(crate) enum Made {
    /// In their order.
    Enum(Vec<Label>),
    Domain(Domain),
    Composite(Vec<Field>),
}

/// A value of an enum. What is stored is the place, which never changes.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    pub(crate) place: i64,
    pub(crate) name: Arc<str>,
    /// Added by a transaction that has not committed.
    pub(crate) fresh: bool,
}

/// Between the values of a new enum, so that others fit in later.
pub(crate) const LABEL_GAP: i64 = 1 << 32;

#[derive(Clone, Debug)]
pub(crate) struct Domain {
    pub(crate) base: Typed,
    pub(crate) default: Option<Arc<Expr>>,
    pub(crate) not_null: bool,
    pub(crate) checks: Vec<DomainCheck>,
}

#[derive(Clone, Debug)]
pub(crate) struct DomainCheck {
    pub(crate) name: Arc<str>,
    /// Over a row of one column: the value.
    pub(crate) expr: Arc<Expr>,
    pub(crate) valid: bool,
}

/// A field of a composite type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: Arc<str>,
    pub(crate) typed: Typed,
}

impl TypeDef {
    pub(crate) fn ty(&self) -> Type {
        let kind = match self.made {
            Made::Enum(_) => Kind::Enum,
            Made::Domain(_) => Kind::Domain,
            Made::Composite(_) => Kind::Composite,
        };
        Type::made(kind, self.oid)
    }

    pub(crate) fn labels(&self) -> &[Label] {
        match &self.made {
            Made::Enum(labels) => labels,
            _ => &[],
        }
    }

    pub(crate) fn domain(&self) -> Option<&Domain> {
        match &self.made {
            Made::Domain(domain) => Some(domain),
            _ => None,
        }
    }
}

impl Catalog {
    /// The type of that name that a user has made, be it a table's row.
    pub(crate) fn type_named(&self, name: &str) -> Option<Type> {
        self.path.search.iter().find_map(|schema| self.type_in(*schema, name))
    }

    pub(crate) fn type_in(&self, schema: Oid, name: &str) -> Option<Type> {
        let mut made = self.types.values().filter(|def| def.schema == schema);
        let found = made.find(|def| *def.name == *name).map(|def| def.ty());
        found.or_else(|| match self.relation_in(schema, name) {
            Some(Relation::Table(oid)) => Some(Type::made(Kind::Composite, oid)),
            _ => None,
        })
    }

    /// The type that the parts of a name stand for.
    pub(crate) fn type_at(&self, parts: &[String]) -> R<Option<Type>> {
        Ok(match parts {
            [name] => self.type_named(name),
            [schema, name] if schema != "pg_catalog" => {
                self.type_in(self.require_schema(schema)?, name)
            }
            _ => None,
        })
    }

    /// The definition of a type that is neither PostgreSQL's own, nor an array, nor a table's row.
    pub(crate) fn type_def(&self, ty: Type) -> Option<&Arc<TypeDef>> {
        ty.kind().and_then(|_| self.types.get(&ty.oid()))
    }

    pub(crate) fn types(&self) -> impl Iterator<Item = &Arc<TypeDef>> {
        self.types.values()
    }

    pub(crate) fn has_types(&self) -> bool {
        !self.types.is_empty()
    }

    /// The fields of a composite type or a table's row.
    pub(crate) fn fields(&self, ty: Type) -> Option<Vec<Field>> {
        if ty.kind() != Some(Kind::Composite) {
            return None;
        }
        match self.types.get(&ty.oid()) {
            Some(def) => match &def.made {
                Made::Composite(fields) => Some(fields.clone()),
                _ => None,
            },
            None => self.table(ty.oid()).ok().map(|table| {
                let field = |c: &super::Column| Field { name: c.name.clone(), typed: c.typed };
                table.columns.iter().map(field).collect()
            }),
        }
    }

    /// A domain's own base, down to a type that is no domain, with the modifier that applies.
    pub(crate) fn base(&self, typed: Typed) -> Typed {
        let mut typed = typed;
        while let Some(domain) = self.type_def(typed.ty).and_then(|def| def.domain()) {
            typed = domain.base;
        }
        typed
    }

    /// The type that `regtype` reads: `int`, `character varying`, `mood[]`.
    pub(crate) fn type_written(&self, written: &str) -> R<Typed> {
        let name = parse::type_name(written)?;
        Binder::new(self).type_of(&name)
    }

    /// The type that a user has made under that OID.
    pub(crate) fn type_of_oid(&self, oid: Oid) -> Option<Type> {
        self.types.get(&oid).map(|def| def.ty())
    }

    /// The name of a table, index or sequence.
    pub(crate) fn relation_name(&self, oid: Oid) -> Option<String> {
        self.names.iter().find_map(|((schema, name), relation)| {
            if relation.oid() != oid {
                return None;
            }
            let seen = self.relation(name) == Some(*relation);
            Some(if seen {
                quote_identifier(name)
            } else {
                format!(
                    "{}.{}",
                    quote_identifier(self.schema_name(*schema)),
                    quote_identifier(name)
                )
            })
        })
    }

    /// The name of a type that a user has made, without brackets, and its schema where the search path does
    /// not find it.
    fn made_name(&self, ty: Type) -> Option<(Option<Arc<str>>, Arc<str>)> {
        let (schema, name) = match self.types.get(&ty.oid()) {
            Some(def) => (def.schema, def.name.clone()),
            None => {
                let table = self.table(ty.oid()).ok()?;
                (table.schema, table.name.clone())
            }
        };
        let seen = self.type_named(&name).is_some_and(|found| found.oid() == ty.oid());
        Some(((!seen).then(|| self.schema_name(schema).into()), name))
    }
}

thread_local! {
    /// The catalog of the statement at hand.
    static IN_FORCE: RefCell<Option<Arc<Catalog>>> = const { RefCell::new(None) };
}

/// Puts the catalog before back, whatever happens.
struct Before(Option<Arc<Catalog>>);

impl Drop for Before {
    fn drop(&mut self) {
        let before = self.0.take();
        IN_FORCE.with(|in_force| *in_force.borrow_mut() = before);
    }
}

/// Runs `body` while types that users have made are looked up in that catalog: what reads, prints and
/// checks values stands too deep to be handed one.
pub(crate) fn with_types<T>(catalog: &Arc<Catalog>, body: impl FnOnce() -> T) -> T {
    let before = IN_FORCE.with(|in_force| in_force.borrow_mut().replace(catalog.clone()));
    let _before = Before(before);
    body()
}

/// The catalog of the statement at hand, if it has to do with such types.
pub(crate) fn in_force() -> Option<Arc<Catalog>> {
    IN_FORCE.with(|in_force| in_force.borrow().clone())
}

/// The name of a type that a user has made, and its schema where the search path does not find it.
pub(crate) fn name_of(ty: Type) -> Option<(Option<Arc<str>>, Arc<str>)> {
    in_force()?.made_name(ty)
}
