//! Types and values: what a type is called, how its values compare, read and print.
//!
//! - [`Type`] is PostgreSQL's OID of the type, so that user-defined types and the wire protocol fit in.
//! - [`Datum`] is one value. Integers of every width share a form, as do both kinds of timestamp: the
//!   type beside a datum tells them apart.
//! - `text`: input and output; `cast`: which conversions exist and when they apply; `value`: to and from
//!   the service's [`Value`](crate::value::Value).

mod arraytext;
pub(crate) mod cast;
pub(crate) mod dateinput;
pub(crate) mod datetime;
pub(crate) mod datewords;
pub(crate) mod datum;
pub(crate) mod hash;
pub(crate) mod interval;
pub(crate) mod intervaltext;
pub(crate) mod json;
mod jsonread;
pub(crate) mod jsontext;
pub(crate) mod made;
pub(crate) mod numeric;
pub(crate) mod range;
pub(crate) mod style;
pub(crate) mod text;
pub(crate) mod transcendental;
pub(crate) mod value;
pub(crate) mod zone;
mod zone_names;

use std::borrow::Cow;

pub(crate) use datum::{Array, Composite, Datum, Row};

use super::functions::quote_identifier;

/// A type, by its OID.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Type(pub(crate) u32);

/// What a type is that a user has made. It is part of the type's number, so that nothing needs to be looked
/// up to know it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Enum,
    Domain,
    /// A composite type, or a table's row.
    Composite,
}

/// In the number of an array of a type that a user has made.
const ARRAY: u32 = 1 << 31;
const KIND_SHIFT: u32 = 28;
const OID: u32 = (1 << KIND_SHIFT) - 1;

/// The groups of types within which PostgreSQL prefers to convert (`pg_type.typcategory`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Category {
    Boolean,
    Numeric,
    String,
    DateTime,
    Timespan,
    Array,
    Enum,
    Composite,
    Range,
    User,
    Pseudo,
    Unknown,
}

struct Info {
    oid: u32,
    /// `pg_type.typname`
    internal: &'static str,
    /// As `format_type` prints it.
    name: &'static str,
    array: u32,
    array_internal: &'static str,
    array_name: &'static str,
    category: Category,
    preferred: bool,
}

macro_rules! types {
    ($($constant:ident = $oid:literal, $internal:literal, $name:literal, array $array:literal, $category:ident $(, $preferred:ident)?;)*) => {
        impl Type {
            $(pub(crate) const $constant: Type = Type($oid);)*
        }
        const INFOS: &[Info] = &[$(Info {
            oid: $oid, internal: $internal, name: $name, array: $array,
            array_internal: concat!("_", $internal), array_name: concat!($name, "[]"),
            category: Category::$category, preferred: false $(|| stringify!($preferred).len() > 0)?,
        },)*];
    };
}

types! {
    BOOL = 16, "bool", "boolean", array 1000, Boolean, preferred;
    BYTEA = 17, "bytea", "bytea", array 1001, User;
    CHAR = 18, "char", "\"char\"", array 1002, String;
    NAME = 19, "name", "name", array 1003, String;
    INT8 = 20, "int8", "bigint", array 1016, Numeric;
    INT2 = 21, "int2", "smallint", array 1005, Numeric;
    INT2VECTOR = 22, "int2vector", "int2vector", array 0, Array;
    INT4 = 23, "int4", "integer", array 1007, Numeric;
    TEXT = 25, "text", "text", array 1009, String, preferred;
    OID = 26, "oid", "oid", array 1028, Numeric, preferred;
    TID = 27, "tid", "tid", array 1010, User;
    XID = 28, "xid", "xid", array 1011, User;
    JSON = 114, "json", "json", array 199, User;
    FLOAT4 = 700, "float4", "real", array 1021, Numeric;
    FLOAT8 = 701, "float8", "double precision", array 1022, Numeric, preferred;
    UNKNOWN = 705, "unknown", "unknown", array 0, Unknown;
    BPCHAR = 1042, "bpchar", "character", array 1014, String;
    VARCHAR = 1043, "varchar", "character varying", array 1015, String;
    DATE = 1082, "date", "date", array 1182, DateTime;
    TIME = 1083, "time", "time without time zone", array 1183, DateTime;
    TIMESTAMP = 1114, "timestamp", "timestamp without time zone", array 1115, DateTime;
    TIMESTAMPTZ = 1184, "timestamptz", "timestamp with time zone", array 1185, DateTime, preferred;
    TIMETZ = 1266, "timetz", "time with time zone", array 1270, DateTime;
    INTERVAL = 1186, "interval", "interval", array 1187, Timespan, preferred;
    NUMERIC = 1700, "numeric", "numeric", array 1231, Numeric;
    REGCLASS = 2205, "regclass", "regclass", array 2210, Numeric;
    REGTYPE = 2206, "regtype", "regtype", array 2211, Numeric;
    REGNAMESPACE = 4089, "regnamespace", "regnamespace", array 4090, Numeric;
    RECORD = 2249, "record", "record", array 2287, Pseudo;
    ANYARRAY = 2277, "anyarray", "anyarray", array 0, Pseudo;
    VOID = 2278, "void", "void", array 0, Pseudo;
    INT4RANGE = 3904, "int4range", "int4range", array 3905, Range;
    NUMRANGE = 3906, "numrange", "numrange", array 3907, Range;
    TSRANGE = 3908, "tsrange", "tsrange", array 3909, Range;
    TSTZRANGE = 3910, "tstzrange", "tstzrange", array 3911, Range;
    DATERANGE = 3912, "daterange", "daterange", array 3913, Range;
    INT8RANGE = 3926, "int8range", "int8range", array 3927, Range;
    ANYNONARRAY = 2776, "anynonarray", "anynonarray", array 0, Pseudo;
    ANYENUM = 3500, "anyenum", "anyenum", array 0, Pseudo;
    ANYRANGE = 3831, "anyrange", "anyrange", array 0, Pseudo;
    ANYCOMPATIBLE = 5077, "anycompatible", "anycompatible", array 0, Pseudo;
    ANYCOMPATIBLEARRAY = 5078, "anycompatiblearray", "anycompatiblearray", array 0, Pseudo;
    ANYCOMPATIBLENONARRAY = 5079, "anycompatiblenonarray", "anycompatiblenonarray", array 0, Pseudo;
    ANYELEMENT = 2283, "anyelement", "anyelement", array 0, Pseudo;
    ANY = 2276, "any", "\"any\"", array 0, Pseudo;
    UUID = 2950, "uuid", "uuid", array 2951, User;
    JSONB = 3802, "jsonb", "jsonb", array 3807, User;
    JSONPATH = 4072, "jsonpath", "jsonpath", array 4073, User;
}

impl Type {
    pub(crate) const TEXT_ARRAY: Type = Type(1009);
    pub(crate) const INT2_ARRAY: Type = Type(1005);
    pub(crate) const INT4_ARRAY: Type = Type(1007);

    /// The type that a user has made under that OID.
    pub(crate) fn made(kind: Kind, oid: u32) -> Type {
        let kind = match kind {
            Kind::Enum => 1,
            Kind::Domain => 2,
            Kind::Composite => 3,
        };
        Type((oid & OID) | (kind << KIND_SHIFT))
    }

    /// What the type is, if a user has made it. An array of it is none of these.
    pub(crate) fn kind(self) -> Option<Kind> {
        match self.0 >> KIND_SHIFT {
            1 => Some(Kind::Enum),
            2 => Some(Kind::Domain),
            3 => Some(Kind::Composite),
            _ => None,
        }
    }

    /// True if the type, or what it is an array of, is a user's.
    pub(crate) fn is_made(self) -> bool {
        self.0 >> KIND_SHIFT != 0
    }

    /// As catalogs number it.
    pub(crate) fn oid(self) -> u32 {
        self.0 & OID
    }

    /// What a range is a range of.
    pub(crate) fn subtype(self) -> Option<Type> {
        Some(match self {
            Type::INT4RANGE => Type::INT4,
            Type::INT8RANGE => Type::INT8,
            Type::NUMRANGE => Type::NUMERIC,
            Type::DATERANGE => Type::DATE,
            Type::TSRANGE => Type::TIMESTAMP,
            Type::TSTZRANGE => Type::TIMESTAMPTZ,
            _ => return None,
        })
    }

    /// True for `record` and every composite type.
    pub(crate) fn is_row(self) -> bool {
        self == Type::RECORD || self.kind() == Some(Kind::Composite)
    }

    /// Every type that is PostgreSQL's own, without arrays.
    pub(crate) fn every() -> impl Iterator<Item = Type> {
        INFOS.iter().map(|info| Type(info.oid))
    }

    fn info(self) -> (&'static Info, bool) {
        for info in INFOS {
            if info.oid == self.0 {
                return (info, false);
            }
            if info.array == self.0 && info.array != 0 {
                return (info, true);
            }
        }
        // No other OID is ever made; "unknown" is the honest name of one that was.
        (INFOS.iter().find(|info| info.oid == 705).unwrap_or(&INFOS[0]), false)
    }

    /// As error messages name it: `integer`, `text[]`.
    pub(crate) fn name(self) -> Cow<'static, str> {
        if self.is_made() {
            let brackets = if self.element().is_some() { "[]" } else { "" };
            let Some((schema, name)) = super::catalog::name_of(self) else {
                return format!("{}{brackets}", self.oid()).into();
            };
            let schema = schema.map_or(String::new(), |schema| quote_identifier(&schema) + ".");
            return format!("{schema}{}{brackets}", quote_identifier(&name)).into();
        }
        Cow::Borrowed(match self.info() {
            (info, false) => info.name,
            (info, true) => info.array_name,
        })
    }

    /// As `pg_type` names it: `int4`, `_text`.
    pub(crate) fn internal_name(self) -> Cow<'static, str> {
        if self.is_made() {
            let mark = if self.element().is_some() { "_" } else { "" };
            let name = super::catalog::name_of(self).map(|(_, name)| name);
            return format!("{mark}{}", name.unwrap_or_default()).into();
        }
        Cow::Borrowed(match self.info() {
            (info, false) => info.internal,
            (info, true) => info.array_internal,
        })
    }

    /// The type of that OID, as `regtype` keeps it.
    pub(crate) fn of_oid(oid: u32) -> Option<Type> {
        let ty = Type(oid);
        let known = INFOS.iter().any(|info| info.oid == oid || (info.array == oid && oid != 0));
        if known || ty.is_made() {
            return Some(ty);
        }
        super::catalog::in_force()?.type_of_oid(oid)
    }

    /// The array of this type.
    pub(crate) fn array(self) -> Option<Type> {
        if self.is_made() {
            return (self.0 & ARRAY == 0).then_some(Type(self.0 | ARRAY));
        }
        match self.info() {
            (info, false) if info.array != 0 => Some(Type(info.array)),
            _ => None,
        }
    }

    /// The element's type, if this is an array.
    pub(crate) fn element(self) -> Option<Type> {
        if self.is_made() {
            return (self.0 & ARRAY != 0).then_some(Type(self.0 & !ARRAY));
        }
        match self.info() {
            (info, true) => Some(Type(info.oid)),
            _ if self == Type::INT2VECTOR => Some(Type::INT2),
            _ => None,
        }
    }

    pub(crate) fn category(self) -> Category {
        match self.kind() {
            Some(Kind::Enum) => return Category::Enum,
            Some(Kind::Composite) => return Category::Composite,
            Some(Kind::Domain) => return made::base_of(self).category(),
            None if self.is_made() => return Category::Array,
            None => {}
        }
        match self.info() {
            (info, false) => info.category,
            _ => Category::Array,
        }
    }

    pub(crate) fn is_preferred(self) -> bool {
        matches!(self.info(), (info, false) if !self.is_made() && info.preferred)
    }

    pub(crate) fn is_integer(self) -> bool {
        matches!(self, Type::INT2 | Type::INT4 | Type::INT8)
    }

    pub(crate) fn is_string(self) -> bool {
        self.category() == Category::String
    }

    /// The type of that name, as SQL or `pg_type` writes it.
    pub(crate) fn named(name: &str) -> Option<Type> {
        let plain = INFOS.iter().find(|info| info.internal == name).map(|info| Type(info.oid));
        plain.or_else(|| {
            let arrays = |info: &&Info| info.array != 0 && info.array_internal == name;
            INFOS.iter().find(arrays).map(|info| Type(info.array))
        })
    }
}

impl std::fmt::Debug for Type {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.internal_name())
    }
}

/// A type with its modifier: the `(3)` of `varchar(3)`. -1 for none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Typed {
    pub(crate) ty: Type,
    pub(crate) modifier: i32,
}

impl Typed {
    pub(crate) const fn plain(ty: Type) -> Typed {
        Typed { ty, modifier: -1 }
    }

    /// `numeric(precision, scale)`
    pub(crate) const fn numeric(precision: u32, scale: i32) -> Typed {
        Typed { ty: Type::NUMERIC, modifier: ((precision as i32) << 16) | (scale & 0xffff) }
    }

    /// `interval` with the fields it keeps ([`interval::range`]) and the digits of its seconds.
    pub(crate) fn interval(fields: i32, precision: Option<i32>) -> Typed {
        use interval::range::{EXACT, FULL};
        let modifier = match (fields, precision) {
            (FULL, None) => -1,
            (fields, precision) => (fields << 16) | precision.unwrap_or(EXACT),
        };
        Typed { ty: Type::INTERVAL, modifier }
    }

    /// Precision and scale of a `numeric` that has them.
    pub(crate) fn precision_and_scale(self) -> Option<(u32, i32)> {
        (self.modifier >= 0)
            .then(|| ((self.modifier >> 16) as u32, i32::from((self.modifier & 0xffff) as i16)))
    }

    /// As `format_type` prints it: `character varying(3)`.
    pub(crate) fn describe(self) -> String {
        if self.modifier < 0 {
            return self.ty.name().into_owned();
        }
        match self.ty {
            Type::NUMERIC => {
                let (precision, scale) = self.precision_and_scale().unwrap_or_default();
                format!("numeric({precision},{scale})")
            }
            Type::INTERVAL => {
                let fields =
                    interval::range::describe((self.modifier >> 16) & interval::range::FULL);
                match self.modifier & interval::range::EXACT {
                    interval::range::EXACT => format!("interval{fields}"),
                    precision => format!("interval{fields}({precision})"),
                }
            }
            Type::TIMESTAMP | Type::TIMESTAMPTZ | Type::TIME | Type::TIMETZ => {
                let name = self.ty.name();
                let (first, rest) = name.split_once(' ').unwrap_or((&name, ""));
                format!("{first}({}) {rest}", self.modifier)
            }
            _ => format!("{}({})", self.ty.name(), self.modifier),
        }
    }
}
