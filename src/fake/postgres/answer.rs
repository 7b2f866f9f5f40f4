//! [`Answer`]: what a statement answered.

use std::borrow::Cow;
use std::sync::Arc;

use super::catalog::{Catalog, with_types};
use super::execute::Tag;
use super::notice::Notice;
use super::plan::Output;
use super::types::style::{self, Style};
use super::types::{Row as Values, text, value};
use crate::value::{Row, Value};

/// A column of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// As the client sees it: the alias, the column's name, the function's name, or `?column?`.
    pub name: Arc<str>,
    /// As `pg_type` names it: `int4`, `text`, `timestamptz`, `_int4` for `integer[]`.
    pub type_name: Cow<'static, str>,
}

/// What a statement answered: rows with columns and their types, and a command tag.
#[derive(Clone, Debug)]
pub struct Answer {
    columns: Arc<[Output]>,
    names: Arc<[Arc<str>]>,
    rows: Vec<Values>,
    tag: Tag,
    notices: Vec<Notice>,
    /// How the session prints dates and times; `None` is the default.
    style: Option<Arc<Style>>,
    /// Where types that users have made are looked up, if there are any.
    types: Option<Arc<Catalog>>,
}

impl Answer {
    pub(super) fn new(
        columns: Arc<[Output]>,
        names: Arc<[Arc<str>]>,
        rows: Vec<Values>,
        tag: Tag,
    ) -> Answer {
        Answer { columns, names, rows, tag, notices: vec![], style: None, types: None }
    }

    /// With dates and times printed in that style.
    pub(super) fn styled(self, style: Option<Arc<Style>>) -> Answer {
        Answer { style, ..self }
    }

    /// With values of types that users have made, which that catalog knows.
    pub(super) fn with_types_of(self, types: Option<Arc<Catalog>>) -> Answer {
        Answer { types, ..self }
    }

    /// Runs `body` where types can be looked up.
    fn looking_up<T>(&self, body: impl FnOnce() -> T) -> T {
        match &self.types {
            Some(catalog) => with_types(catalog, body),
            None => body(),
        }
    }

    pub(super) fn of_tag(tag: &'static str) -> Answer {
        Answer::new(Arc::default(), Arc::default(), vec![], Tag::Utility(tag))
    }

    pub(super) fn with_notices(self, notices: Vec<Notice>) -> Answer {
        Answer { notices, ..self }
    }

    /// What the server said beside the answer, such as that a table exists already and was skipped.
    /// [`Session::notices`](super::Session::notices) has them also for a statement that failed.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The columns, in order; none for a statement that returns no rows.
    pub fn columns(&self) -> impl ExactSizeIterator<Item = Column> {
        self.columns.iter().map(|column| Column {
            name: column.name.clone(),
            type_name: self.looking_up(|| column.typed.ty.internal_name()),
        })
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True if there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows.
    pub fn rows(&self) -> Vec<Row> {
        let _style = style::enter(&self.style);
        let row = |row: &Values| {
            let values: Arc<[Value]> = row
                .iter()
                .zip(self.columns.iter())
                .map(|(datum, column)| value::to_value(datum, column.typed.ty))
                .collect();
            Row::from_parts(self.names.clone(), values)
        };
        self.looking_up(|| self.rows.iter().map(row).collect())
    }

    /// A cell as PostgreSQL prints it; `None` for NULL.
    ///
    /// # Panics
    /// If there is no such row or column.
    pub fn text(&self, row: usize, column: usize) -> Option<String> {
        let cell = &self.rows[row][column];
        let _style = style::enter(&self.style);
        let print = || text::output(cell, self.columns[column].typed.ty);
        (!cell.is_null()).then(|| self.looking_up(print))
    }

    /// Every cell as PostgreSQL prints it, row by row; `None` for NULL.
    pub fn text_rows(&self) -> Vec<Vec<Option<String>>> {
        let cells =
            |row: usize| (0..self.columns.len()).map(|column| self.text(row, column)).collect();
        (0..self.rows.len()).map(cells).collect()
    }

    /// The number of rows that were returned or changed; 0 for a statement that counts none.
    pub fn affected(&self) -> u64 {
        match self.tag {
            Tag::Select(count)
            | Tag::Insert(count)
            | Tag::Update(count)
            | Tag::Delete(count)
            | Tag::Merge(count)
            | Tag::Fetch(count)
            | Tag::Move(count) => count,
            Tag::Utility(_) => 0,
        }
    }

    /// The command tag: `SELECT 2`, `INSERT 0 1`, `BEGIN`; empty for an empty statement.
    pub fn tag(&self) -> String {
        match self.tag {
            Tag::Select(count) => format!("SELECT {count}"),
            Tag::Insert(count) => format!("INSERT 0 {count}"),
            Tag::Update(count) => format!("UPDATE {count}"),
            Tag::Delete(count) => format!("DELETE {count}"),
            Tag::Merge(count) => format!("MERGE {count}"),
            Tag::Fetch(count) => format!("FETCH {count}"),
            Tag::Move(count) => format!("MOVE {count}"),
            Tag::Utility(name) => name.to_owned(),
        }
    }

    /// True if the statement was a COMMIT that rolled back.
    pub(super) fn rolled_back(&self) -> bool {
        self.tag == Tag::Utility("ROLLBACK")
    }
}
