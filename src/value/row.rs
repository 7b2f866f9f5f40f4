//! A row of an answer, read by column name or place.

use std::fmt;
use std::sync::Arc;

use super::{FromValue, Value};
use crate::error::{Error, ErrorKind, Result};

/// One row. Cloning copies no value: rows of one answer share their column names.
///
/// ```
/// use stuntdouble::{Row, Value};
///
/// let row = Row::new(["id", "note"], [Value::from(7), Value::Null]);
/// assert_eq!(row.get::<i64>("id")?, 7);
/// assert_eq!(row.get::<Option<String>>(1)?, None);
///
/// let error = row.get::<String>("id").unwrap_err();
/// assert_eq!(error.to_string(), "column \"id\": wanted String, found int");
/// # Ok::<(), stuntdouble::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Row {
    columns: Arc<[Arc<str>]>,
    values: Arc<[Value]>,
}

impl Row {
    /// A row with these columns and values.
    ///
    /// # Panics
    /// If there are not as many values as columns.
    pub fn new<C: AsRef<str>>(
        columns: impl IntoIterator<Item = C>,
        values: impl IntoIterator<Item = Value>,
    ) -> Row {
        Row::from_parts(
            columns.into_iter().map(|name| name.as_ref().into()).collect(),
            values.into_iter().collect(),
        )
    }

    /// A row that shares its column names with the others of its answer.
    ///
    /// # Panics
    /// If there are not as many values as columns.
    pub fn from_parts(columns: Arc<[Arc<str>]>, values: Arc<[Value]>) -> Row {
        assert_eq!(columns.len(), values.len(), "a row has one value for each column");
        Row { columns, values }
    }

    /// The column names, in order.
    pub fn columns(&self) -> impl ExactSizeIterator<Item = &str> {
        self.columns.iter().map(|name| &**name)
    }

    /// The values, in order.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// Reads a column, by name or place (from 0).
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] if there is no such column, [`ErrorKind::TypeMismatch`] if its value is
    /// of another type, out of range, or NULL where `T` is no `Option`. Both name the column.
    pub fn get<T: FromValue>(&self, index: impl RowIndex) -> Result<T> {
        let Some(place) = index.place(self) else {
            let known = self.columns().collect::<Vec<_>>().join(", ");
            return Err(Error::new(
                ErrorKind::NotFound,
                format!("no column {index:?}: the row has {known}"),
            ));
        };
        T::from_value(&self.values[place]).map_err(|mismatch| {
            let message = format!("column {:?}: {mismatch}", &*self.columns[place]);
            Error::new(ErrorKind::TypeMismatch, message).with_source(mismatch)
        })
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.columns().zip(self.values.iter())).finish()
    }
}

/// How a column is addressed: `&str` by name, `usize` by place.
pub trait RowIndex: fmt::Debug {
    /// The place of the column in that row.
    fn place(&self, row: &Row) -> Option<usize>;
}

impl RowIndex for usize {
    fn place(&self, row: &Row) -> Option<usize> {
        (*self < row.values.len()).then_some(*self)
    }
}

impl RowIndex for &str {
    fn place(&self, row: &Row) -> Option<usize> {
        row.columns.iter().position(|name| **name == **self)
    }
}
