//! [`Datum`]: one value, and how values compare.

use std::cmp::Ordering;
use std::sync::Arc;

use bytes::Bytes;

use super::Type;
use super::interval::Interval;
use super::json::Json;
use super::numeric::Decimal;
use super::range::Range;

/// One value of whatever type. Cloning copies nothing that is long.
#[derive(Clone, Debug, Default)]
pub(crate) enum Datum {
    #[default]
    Null,
    Bool(bool),
    /// Every integer type, `oid` and `regclass`.
    Int(i64),
    /// `real` too, whose values are rounded when made.
    Float(f64),
    Numeric(Arc<Decimal>),
    /// Every string type, and `json`, whose text PostgreSQL keeps as it was.
    Text(Arc<str>),
    Bytes(Arc<Bytes>),
    Uuid(uuid::Uuid),
    /// Days since 1970-01-01; the extremes are the infinities.
    Date(i32),
    /// Microseconds since midnight.
    Time(i64),
    /// Microseconds since midnight, and the zone in seconds west of UTC.
    TimeTz(i64, i32),
    /// Microseconds since 1970-01-01 00:00 (UTC); the extremes are the infinities.
    Timestamp(i64),
    Interval(Interval),
    Json(Arc<Json>),
    Array(Arc<Array>),
    /// The key of an index, or a row that a subquery is searched for.
    Record(Arc<[Datum]>),
    /// A row as a value.
    Composite(Arc<Composite>),
    Range(Arc<Range>),
}

/// The values of a stored or computed row.
pub(crate) type Row = Arc<[Datum]>;

/// An array: elements in row-major order, the length of each dimension.
#[derive(Clone, Debug)]
pub(crate) struct Array {
    pub(crate) element: Type,
    pub(crate) dimensions: Vec<usize>,
    pub(crate) items: Vec<Datum>,
    /// Where the subscripts of each dimension begin; empty if all begin at 1.
    pub(crate) lower: Vec<i64>,
}

/// A row as a value: it knows the names and types of its fields.
#[derive(Clone, Debug)]
pub(crate) struct Composite {
    /// `record`, or a composite type.
    pub(crate) ty: Type,
    pub(crate) fields: Arc<[(Arc<str>, Type)]>,
    pub(crate) values: Vec<Datum>,
}

impl Array {
    /// A one-dimensional array; an empty one has no dimension.
    pub(crate) fn of(element: Type, items: Vec<Datum>) -> Array {
        let dimensions = if items.is_empty() { vec![] } else { vec![items.len()] };
        Array { element, dimensions, items, lower: vec![] }
    }

    /// The first subscript of a dimension, counted from 0.
    pub(crate) fn lower(&self, dimension: usize) -> i64 {
        self.lower.get(dimension).copied().unwrap_or(1)
    }

    /// The same, with every subscript beginning at 1 where that is all it says.
    pub(crate) fn with_lower(mut self, lower: Vec<i64>) -> Array {
        let plain = self.dimensions.is_empty() || lower.iter().all(|bound| *bound == 1);
        self.lower = if plain { vec![] } else { lower };
        self
    }

    /// Where the element with these subscripts is.
    pub(crate) fn place(&self, subscripts: &[i64]) -> Option<usize> {
        if subscripts.len() != self.dimensions.len() || subscripts.is_empty() {
            return None;
        }
        let mut place = 0;
        for (dimension, subscript) in subscripts.iter().enumerate() {
            let length = self.dimensions[dimension];
            let at = usize::try_from(subscript.checked_sub(self.lower(dimension))?).ok()?;
            if at >= length {
                return None;
            }
            place = place * length + at;
        }
        Some(place)
    }

    /// Where the elements are whose subscripts lie in these ranges, one for each dimension.
    pub(crate) fn places(&self, ranges: &[(i64, i64)]) -> Vec<usize> {
        let mut places = vec![0];
        for (dimension, (low, high)) in ranges.iter().enumerate() {
            let (length, lower) = (self.dimensions[dimension], self.lower(dimension));
            places = places
                .iter()
                .flat_map(|place| {
                    (*low..=*high).map(move |at| place * length + (at - lower) as usize)
                })
                .collect();
        }
        places
    }

    /// Another array of that shape.
    pub(crate) fn shaped(&self, element: Type, items: Vec<Datum>) -> Array {
        let (dimensions, lower) = (self.dimensions.clone(), self.lower.clone());
        Array { element, dimensions, items, lower }
    }
}

impl Datum {
    pub(crate) fn text(text: impl AsRef<str>) -> Datum {
        Datum::Text(text.as_ref().into())
    }

    pub(crate) fn decimal(decimal: Decimal) -> Datum {
        Datum::Numeric(Arc::new(decimal))
    }

    pub(crate) fn array(element: Type, items: Vec<Datum>) -> Datum {
        Datum::Array(Arc::new(Array::of(element, items)))
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Datum::Null)
    }

    pub(crate) fn is_true(&self) -> bool {
        matches!(self, Datum::Bool(true))
    }

    pub(crate) fn as_int(&self) -> Option<i64> {
        match self {
            Datum::Int(v) => Some(*v),
            _ => None,
        }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Datum::Text(v) => Some(v),
            _ => None,
        }
    }

    /// The order of a B-tree: NULL last, NaN above every number, text by bytes (the C collation).
    #[inline]
    pub(crate) fn order(&self, other: &Datum) -> Ordering {
        match (self, other) {
            (Datum::Int(a), Datum::Int(b)) => a.cmp(b),
            _ => self.order_any(other),
        }
    }

    fn order_any(&self, other: &Datum) -> Ordering {
        use Datum::*;
        match (self, other) {
            (Int(a), Int(b)) => a.cmp(b),
            (Text(a), Text(b)) => a.as_bytes().cmp(b.as_bytes()),
            (Bool(a), Bool(b)) => a.cmp(b),
            (Float(a), Float(b)) => float_order(*a, *b),
            (Numeric(a), Numeric(b)) => a.cmp(b),
            (Bytes(a), Bytes(b)) => a.cmp(b),
            (Uuid(a), Uuid(b)) => a.cmp(b),
            (Date(a), Date(b)) => a.cmp(b),
            (Time(a), Time(b)) | (Timestamp(a), Timestamp(b)) => a.cmp(b),
            (TimeTz(a, x), TimeTz(b, y)) => {
                let moment = |time: i64, west: i32| time + i64::from(west) * 1_000_000;
                moment(*a, *x).cmp(&moment(*b, *y)).then_with(|| x.cmp(y))
            }
            (Interval(a), Interval(b)) => a.span().cmp(&b.span()),
            (Json(a), Json(b)) => a.order_whole(b),
            (Array(a), Array(b)) => a
                .items
                .iter()
                .zip(&b.items)
                .map(|(x, y)| x.order(y))
                .find(|o| o.is_ne())
                .unwrap_or_else(|| {
                    let shape = |array: &super::Array| {
                        let bounds = (0..array.dimensions.len()).map(|place| array.lower(place));
                        (array.dimensions.clone(), bounds.collect::<Vec<_>>())
                    };
                    let dimensions = a.dimensions.len().cmp(&b.dimensions.len());
                    a.items
                        .len()
                        .cmp(&b.items.len())
                        .then(dimensions)
                        .then_with(|| shape(a).cmp(&shape(b)))
                }),
            (Record(a), Record(b)) => rows_order(a, b),
            (Composite(a), Composite(b)) => rows_order(&a.values, &b.values),
            (Range(a), Range(b)) => a.order(b),
            (Null, Null) => Ordering::Equal,
            (Null, _) => Ordering::Greater,
            (_, Null) => Ordering::Less,
            (a, b) => a.rank().cmp(&b.rank()),
        }
    }

    /// Only to keep the order total: the planner never compares values of two types.
    fn rank(&self) -> u8 {
        match self {
            Datum::Bool(_) => 0,
            Datum::Int(_) => 1,
            Datum::Float(_) => 2,
            Datum::Numeric(_) => 3,
            Datum::Text(_) => 4,
            Datum::Bytes(_) => 5,
            Datum::Uuid(_) => 6,
            Datum::Date(_) => 7,
            Datum::Time(_) => 8,
            Datum::Timestamp(_) => 9,
            Datum::Interval(_) => 10,
            Datum::Json(_) => 11,
            Datum::Array(_) => 12,
            Datum::Record(_) => 13,
            Datum::TimeTz(..) => 14,
            Datum::Composite(_) => 15,
            Datum::Range(_) => 16,
            Datum::Null => 17,
        }
    }
}

/// Column by column.
pub(crate) fn rows_order(a: &[Datum], b: &[Datum]) -> Ordering {
    a.iter()
        .zip(b)
        .map(|(x, y)| x.order(y))
        .find(|o| o.is_ne())
        .unwrap_or_else(|| a.len().cmp(&b.len()))
}

/// PostgreSQL's: all NaN are equal and above everything; -0 equals 0.
pub(crate) fn float_order(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b).unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
}

/// A key for maps: ordered as [`Datum::order`], with NULL equal to NULL (as GROUP BY has it).
#[derive(Clone, Debug)]
pub(crate) struct GroupKey(pub(crate) Vec<Datum>);

impl PartialEq for GroupKey {
    fn eq(&self, other: &GroupKey) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for GroupKey {}

impl PartialOrd for GroupKey {
    fn partial_cmp(&self, other: &GroupKey) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for GroupKey {
    fn cmp(&self, other: &GroupKey) -> Ordering {
        rows_order(&self.0, &other.0)
    }
}
