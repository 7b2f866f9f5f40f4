//! What a name that means nothing here may have been meant to be: the hints of 42703 and 42P01.

use std::sync::Arc;

use super::super::errors::{pg, unsupported};
use super::binder::{Binder, Relation, ScopeColumn};
use super::hidden::is_system;
use crate::error::Error;

/// A name further away than this is another name.
const FURTHEST: usize = 3;

/// A relation of the statement that the place being bound does not see.
pub(super) struct Unseen {
    /// How many scopes there were.
    level: usize,
    alias: String,
    table: Option<Arc<str>>,
    columns: Vec<Arc<str>>,
}

/// A relation, seen or not.
struct Known<'b> {
    alias: &'b str,
    table: Option<&'b str>,
    seen: bool,
    hidden: bool,
    columns: Vec<&'b str>,
}

/// The nearest columns so far.
struct Nearest<'b> {
    distance: usize,
    first: Option<(&'b str, &'b str)>,
    second: Option<(&'b str, &'b str)>,
}

impl Binder<'_> {
    /// Remembers relations for hints while what does not see them is bound. [`Binder::seen_again`] ends it.
    pub(super) fn hide(&mut self, relations: &[Relation]) -> usize {
        let level = self.scopes.len();
        let mark = self.unseen.len();
        self.unseen.extend(relations.iter().map(|relation| Unseen {
            level,
            alias: relation.alias.clone(),
            table: relation.table.as_ref().map(|table| table.name.clone()),
            columns: relation.columns.iter().map(|column| column.name.clone()).collect(),
        }));
        mark
    }

    pub(super) fn seen_again(&mut self, mark: usize) {
        self.unseen.truncate(mark);
    }

    /// Innermost first.
    fn known_relations(&self) -> Vec<Known<'_>> {
        let mut known = vec![];
        for level in (0..=self.scopes.len()).rev() {
            known.extend(self.unseen.iter().filter(|one| one.level == level).map(|one| Known {
                alias: &one.alias,
                table: one.table.as_deref(),
                seen: false,
                hidden: false,
                columns: one.columns.iter().map(|name| &**name).collect(),
            }));
            let scope = level.checked_sub(1).and_then(|level| self.scopes.get(level));
            known.extend(scope.into_iter().flat_map(|scope| &scope.relations).map(|relation| {
                Known {
                    alias: &relation.alias,
                    table: relation.table.as_ref().map(|table| &*table.name),
                    seen: true,
                    hidden: relation.hidden.is_some(),
                    columns: names(&relation.columns),
                }
            }));
        }
        known
    }

    /// 42703, with the columns that come near.
    #[cold]
    pub(super) fn no_column(&self, relation: Option<&str>, name: &str) -> Error {
        let known = self.system && !self.reads_catalogs && is_system(name);
        if !known && (is_system(name) || matches!(name, "cmin" | "cmax")) {
            return unsupported(format!("the system column {name}"));
        }
        let error = pg(
            "42703",
            match relation {
                Some(relation) => format!("column {relation}.{name} does not exist"),
                None => format!("column \"{name}\" does not exist"),
            },
        );
        let known = self.known_relations();
        let mut nearest = Nearest { distance: FURTHEST + 1, first: None, second: None };
        for candidate in &known {
            let penalty = relation.map_or(0, |relation| distance(relation, candidate.alias));
            for column in &candidate.columns {
                nearest.consider(candidate.alias, column, name, penalty);
            }
            let has = candidate.columns.contains(&name) || (candidate.hidden && is_system(name));
            if penalty == 0 && has {
                return error.with_hint(format!(
                    "There is a column named \"{name}\" in table \"{}\", but it cannot be referenced from this part of the query.",
                    candidate.alias
                ));
            }
        }
        match (nearest.first, nearest.second) {
            (Some((alias, column)), None) => error.with_hint(format!(
                "Perhaps you meant to reference the column \"{alias}.{column}\"."
            )),
            (Some((alias, column)), Some((other, second))) => error.with_hint(format!(
                "Perhaps you meant to reference the column \"{alias}.{column}\" or the column \"{other}.{second}\"."
            )),
            (None, _) => error,
        }
    }

    /// 42P01 for the name before a column.
    #[cold]
    pub(super) fn no_relation(&self, name: &str) -> Error {
        if self.unreached.iter().any(|alias| alias == name) {
            return pg(
                "42P10",
                format!("invalid reference to FROM-clause entry for table \"{name}\""),
            )
            .with_detail("The combining JOIN type must be INNER or LEFT for a LATERAL reference.");
        }
        let known = self.known_relations();
        let meant = known.iter().find(|one| one.alias == name || one.table == Some(name));
        let Some(meant) = meant else {
            return pg("42P01", format!("missing FROM-clause entry for table \"{name}\""));
        };
        let hint = if meant.alias != name && meant.seen {
            format!("Perhaps you meant to reference the table alias \"{}\".", meant.alias)
        } else {
            format!(
                "There is an entry for table \"{}\", but it cannot be referenced from this part of the query.",
                meant.alias
            )
        };
        pg("42P01", format!("invalid reference to FROM-clause entry for table \"{name}\""))
            .with_hint(hint)
    }
}

fn names(columns: &[ScopeColumn]) -> Vec<&str> {
    columns.iter().map(|column| &*column.name).collect()
}

impl<'b> Nearest<'b> {
    fn consider(&mut self, alias: &'b str, actual: &'b str, wanted: &str, penalty: usize) {
        if penalty > self.distance {
            return;
        }
        let apart = distance(actual, wanted);
        if apart > wanted.len() / 2 {
            return;
        }
        let apart = apart + penalty;
        let found = Some((alias, actual));
        if apart < self.distance {
            *self = Nearest { distance: apart, first: found, second: None };
        } else if apart == self.distance {
            if self.second.is_some() {
                // Three are as near: none of them is told, nor any that is not nearer.
                *self = Nearest { distance: apart.saturating_sub(1), first: None, second: None };
            } else if self.first.is_some() {
                self.second = found;
            } else if self.distance <= FURTHEST {
                self.first = found;
            }
        }
    }
}

/// How many characters must be put in, left out or replaced to make one of the other; more than
/// [`FURTHEST`] + 1 is that.
fn distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    if from.len().abs_diff(to.len()) > FURTHEST + 1 {
        return FURTHEST + 2;
    }
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (at, a) in from.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (place, b) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[place + 1];
            row[place + 1] = replaced.min(row[place] + 1).min(diagonal + 1);
        }
    }
    row[to.len()].min(FURTHEST + 2)
}
