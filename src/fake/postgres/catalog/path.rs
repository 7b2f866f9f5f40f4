//! [`Path`]: the schemas in which names without a schema are looked up.

use std::sync::Arc;

use super::{Catalog, Oid};

/// What `search_path` says unless it is set.
pub(crate) const DEFAULT_PATH: &str = "\"$user\", public";

/// A session's search path, as far as its schemas exist.
#[derive(Clone, Debug, Default)]
pub(crate) struct Path {
    /// In the order of the search, `pg_temp` first unless it is listed elsewhere.
    pub(crate) search: Vec<Oid>,
    /// Where new objects go.
    pub(crate) create: Option<Oid>,
    /// The session's `pg_temp`, whether it exists yet or not.
    pub(crate) temporary: Option<Oid>,
    /// What is listed, for `current_schemas`; with `pg_catalog` where it is listed.
    pub(crate) shown: Arc<[Arc<str>]>,
    /// `pg_catalog` is listed, and needs no place before the others.
    pub(crate) lists_catalog: bool,
}

impl Path {
    /// The path that the setting means in this catalog.
    pub(crate) fn resolve(text: &str, temporary: Option<Oid>, catalog: &Catalog) -> Path {
        let mut path = Path { temporary, ..Path::default() };
        let own = temporary.filter(|oid| catalog.schema(*oid).is_some());
        let (mut shown, mut listed): (Vec<Arc<str>>, bool) = (vec![], false);
        for name in names(text) {
            let name = if name == "$user" { "postgres" } else { &name };
            if name == "pg_catalog" {
                path.lists_catalog = true;
                shown.push(name.into());
                continue;
            }
            let found = match name {
                "pg_temp" => own,
                name => catalog.schema_named(name).map(|schema| schema.oid),
            };
            let Some(oid) = found else { continue };
            if path.search.contains(&oid) {
                continue;
            }
            listed |= Some(oid) == own;
            path.search.push(oid);
            path.create = path.create.or(Some(oid));
            if let Some(schema) = catalog.schema(oid) {
                shown.push(schema.name.clone());
            }
        }
        if let Some(own) = own.filter(|_| !listed) {
            path.search.insert(0, own);
        }
        path.shown = shown.into();
        path
    }
}

/// The names of a list, unquoted and folded.
fn names(text: &str) -> Vec<String> {
    let mut names = vec![];
    let mut rest = text.trim();
    while !rest.is_empty() {
        let name;
        if let Some(quoted) = rest.strip_prefix('"') {
            let end = quoted.find('"').unwrap_or(quoted.len());
            name = quoted[..end].to_owned();
            rest = quoted.get(end + 1..).unwrap_or_default();
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            name = rest[..end].trim().to_ascii_lowercase();
            rest = &rest[end..];
        }
        if !name.is_empty() {
            names.push(name);
        }
        rest = rest.trim_start().trim_start_matches(',').trim_start();
    }
    names
}
