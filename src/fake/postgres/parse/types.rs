//! Type names: `double precision`, `character varying(5)`, `timestamp(3) with time zone`, `int[][]`.

use super::super::errors::{R, fail, pg, unsupported};
use super::super::types::interval::range;
use super::super::types::{Category, Type, Typed};
use super::ast::{Expr, Literal, TypeName};
use super::cursor::Parser;
use super::keywords::K;
use super::lexer::Kind;
use crate::error::Error;

/// A type as written.
pub(super) struct Written {
    pub(super) parts: Vec<String>,
    modifiers: Vec<Expr>,
    /// Of an interval with fields.
    fields: Option<Typed>,
    dimensions: usize,
    set: bool,
    /// The modifier is `char`'s own.
    unlimited: bool,
}

/// Types that PostgreSQL has and the engine does not.
const OTHERS: &[&str] = &[
    "bit",
    "box",
    "char",
    "cidr",
    "circle",
    "citext",
    "hstore",
    "inet",
    "jsonpath",
    "line",
    "lseg",
    "macaddr",
    "macaddr8",
    "money",
    "path",
    "pg_lsn",
    "point",
    "polygon",
    "regproc",
    "regprocedure",
    "tsquery",
    "tsvector",
    "varbit",
    "datemultirange",
    "int4multirange",
    "int8multirange",
    "nummultirange",
    "tsmultirange",
    "tstzmultirange",
    "xml",
];

fn number(value: impl ToString) -> Expr {
    Expr::Literal(Literal::Number(value.to_string()))
}

/// A type's name alone.
pub(crate) fn type_name(text: &str) -> R<TypeName> {
    let mut parser = Parser::new(text);
    parser.begin_statement();
    let name = parser.type_name()?;
    if !parser.is_end() {
        return parser.unexpected();
    }
    parser.settle()?;
    Ok(name)
}

impl Parser<'_> {
    pub(super) fn type_name(&mut self) -> R<TypeName> {
        let name = self.written_type()?;
        self.resolve_type(name)
    }

    pub(super) fn resolve_type(&mut self, name: Written) -> R<TypeName> {
        if name.set {
            self.refuse("SETOF");
        }
        if let Some(typed) = name.fields {
            let array = typed.ty.array().filter(|_| name.dimensions > 0);
            return Ok(TypeName::Known(Typed { ty: array.unwrap_or(typed.ty), ..typed }));
        }
        self.resolve(name.parts, &name.modifiers, name.dimensions)
    }

    pub(super) fn written_type(&mut self) -> R<Written> {
        let set = self.eat(K::Setof);
        let mut name = self.written_simple_type()?;
        name.set = set;
        if name.parts == ["interval"] && name.modifiers.is_empty() {
            name.fields = self.interval_fields()?;
        }
        if self.eat(K::Array) {
            name.dimensions = 1;
            if self.eat_char(b'[') {
                self.integer()?;
                self.expect_char(b']')?;
            }
            return Ok(name);
        }
        while self.eat_char(b'[') {
            name.dimensions += 1;
            if !self.is_char(b']') {
                self.integer()?;
            }
            self.expect_char(b']')?;
        }
        Ok(name)
    }

    /// Without brackets of an array.
    pub(super) fn simple_type(&mut self) -> R<TypeName> {
        let name = self.written_simple_type()?;
        self.resolve_type(name)
    }

    /// The type before a string: `char 'abc'` is not cut to one character.
    pub(super) fn type_of_constant(&mut self) -> R<TypeName> {
        let mut name = self.written_simple_type()?;
        if name.unlimited {
            name.modifiers.clear();
        }
        self.resolve_type(name)
    }

    /// A constant of a type whose name is a keyword begins here.
    pub(super) fn begins_type_constant(&self, word: K) -> bool {
        let next = self.kind_at(1);
        match word {
            K::Int | K::Integer | K::Smallint | K::Bigint | K::Real | K::Boolean => {
                matches!(next, Kind::Text(_))
            }
            K::Double => next == Kind::Word(K::Precision),
            K::National => matches!(next, Kind::Word(K::Char | K::Character)),
            K::Bit | K::Char | K::Character | K::Nchar => {
                matches!(next, Kind::Text(_) | Kind::Char(b'(') | Kind::Word(K::Varying))
            }
            K::Float | K::Decimal | K::Dec | K::Numeric | K::Varchar | K::Interval => {
                matches!(next, Kind::Text(_) | Kind::Char(b'('))
            }
            K::Time | K::Timestamp => {
                matches!(next, Kind::Text(_) | Kind::Char(b'('))
                    || (matches!(next, Kind::Word(K::With | K::Without)) && self.is_at(2, K::Time))
            }
            _ => false,
        }
    }

    fn written_simple_type(&mut self) -> R<Written> {
        let word = match self.kind() {
            Kind::Word(word) => Some(word),
            _ => None,
        };
        let mut modifiers = vec![];
        let name = match word {
            Some(K::Int | K::Integer) => "int4",
            Some(K::Smallint) => "int2",
            Some(K::Bigint) => "int8",
            Some(K::Real) => "float4",
            Some(K::Boolean) => "bool",
            Some(K::Double) if self.is_at(1, K::Precision) => {
                self.advance();
                "float8"
            }
            Some(K::Float) => {
                self.advance();
                return Ok(written(self.float()?, vec![]));
            }
            Some(K::Decimal | K::Dec | K::Numeric) => {
                self.advance();
                return Ok(written("numeric", self.modifiers()?));
            }
            Some(K::Bit) => {
                self.advance();
                let name = if self.eat(K::Varying) { "varbit" } else { "bit" };
                return Ok(written(name, self.modifiers()?));
            }
            Some(K::Char | K::Character | K::Varchar | K::National | K::Nchar) => {
                return self.character();
            }
            Some(word @ (K::Time | K::Timestamp)) => {
                self.advance();
                modifiers = self.precision()?;
                let zoned = if self.is_at(1, K::Time) && self.eat(K::With) {
                    self.expect_all(&[K::Time, K::Zone])?;
                    true
                } else if self.is_at(1, K::Time) && self.eat(K::Without) {
                    self.expect_all(&[K::Time, K::Zone])?;
                    false
                } else {
                    false
                };
                let name = match (word, zoned) {
                    (K::Time, false) => "time",
                    (K::Time, true) => "timetz",
                    (_, false) => "timestamp",
                    (_, true) => "timestamptz",
                };
                return Ok(written(name, modifiers));
            }
            Some(K::Interval) => {
                self.advance();
                return Ok(written("interval", self.precision()?));
            }
            _ => {
                // `char` in quotes is another type.
                let mut parts = vec![self.type_function_name()?];
                while self.eat_char(b'.') {
                    parts.push(self.col_label()?);
                }
                if self.is_char(b'(') {
                    modifiers = self.modifiers()?;
                }
                return Ok(Written {
                    parts,
                    modifiers,
                    fields: None,
                    dimensions: 0,
                    set: false,
                    unlimited: false,
                });
            }
        };
        self.advance();
        Ok(written(name, modifiers))
    }

    fn modifiers(&mut self) -> R<Vec<Expr>> {
        if self.is_char(b'(') { self.bracketed(Self::expr) } else { Ok(vec![]) }
    }

    /// `(3)`, if it is there.
    pub(super) fn precision(&mut self) -> R<Vec<Expr>> {
        let mut modifiers = vec![];
        if self.eat_char(b'(') {
            modifiers.push(number(self.integer()?));
            self.expect_char(b')')?;
        }
        Ok(modifiers)
    }

    fn float(&mut self) -> R<&'static str> {
        if !self.eat_char(b'(') {
            return Ok("float8");
        }
        let bits = self.integer()?;
        self.expect_char(b')')?;
        match bits {
            ..1 => fail("22023", "precision for type float must be at least 1 bit"),
            1..=24 => Ok("float4"),
            25..=53 => Ok("float8"),
            _ => fail("22023", "precision for type float must be less than 54 bits"),
        }
    }

    fn character(&mut self) -> R<Written> {
        let mut varying = self.is(K::Varchar);
        if self.eat(K::National) && !matches!(self.kind(), Kind::Word(K::Char | K::Character)) {
            return self.unexpected();
        }
        self.advance();
        if !varying {
            varying = self.eat(K::Varying);
        }
        let mut modifiers = self.precision()?;
        let unlimited = !varying && modifiers.is_empty();
        if unlimited {
            modifiers.push(number(1));
        }
        let name = if varying { "varchar" } else { "bpchar" };
        Ok(Written { unlimited, ..written(name, modifiers) })
    }

    /// `year to month`, `second(3)`, …: the type of an interval of these fields.
    pub(super) fn interval_fields(&mut self) -> R<Option<Typed>> {
        use range::{DAY, HOUR, MINUTE, MONTH, SECOND, YEAR};
        let (first, last) = match self.kind() {
            Kind::Word(K::Second) => (SECOND, &[][..]),
            Kind::Word(K::Year) => (YEAR, &[(K::Month, MONTH)][..]),
            Kind::Word(K::Day) => (
                DAY,
                &[(K::Hour, HOUR), (K::Minute, HOUR | MINUTE), (K::Second, HOUR | MINUTE | SECOND)]
                    [..],
            ),
            Kind::Word(K::Hour) => (HOUR, &[(K::Minute, MINUTE), (K::Second, MINUTE | SECOND)][..]),
            Kind::Word(K::Minute) => (MINUTE, &[(K::Second, SECOND)][..]),
            Kind::Word(K::Month) => (MONTH, &[][..]),
            _ => return Ok(None),
        };
        self.advance();
        let mut fields = first;
        if !last.is_empty() && self.eat(K::To) {
            let Kind::Word(word) = self.kind() else { return self.unexpected() };
            let Some((_, more)) = last.iter().find(|(known, _)| *known == word) else {
                return self.unexpected();
            };
            fields |= more;
            self.advance();
        }
        let mut precision = None;
        if fields & SECOND != 0 && self.eat_char(b'(') {
            precision = Some(self.integer()?.clamp(0, 6));
            self.expect_char(b')')?;
        }
        Ok(Some(Typed::interval(fields, precision)))
    }

    /// The type of that name; the planner knows those that users have made.
    pub(super) fn resolve(
        &mut self,
        parts: Vec<String>,
        modifiers: &[Expr],
        dimensions: usize,
    ) -> R<TypeName> {
        let array = dimensions > 0;
        let found = match known(&parts) {
            Ok(None) if modifiers.is_empty() => return Ok(TypeName::Named { parts, array }),
            Ok(None) => Err(no_type(&parts)),
            Ok(Some(ty)) => modified(ty, modifiers),
            Err(error) => Err(error),
        };
        let typed = found.and_then(|typed| {
            if !array {
                return Ok(typed);
            }
            // Every further pair of brackets means the same type.
            let array = match typed.ty.element() {
                Some(_) => Some(typed.ty),
                None => typed.ty.array(),
            };
            match array {
                Some(ty) => Ok(Typed { ty, modifier: typed.modifier }),
                None => Err(unsupported(format!("the type {}[]", parts.join(".")))),
            }
        });
        Ok(TypeName::Known(typed.unwrap_or_else(|error| {
            self.later(error);
            Typed::plain(Type::TEXT)
        })))
    }
}

fn no_type(parts: &[String]) -> Error {
    pg("42704", format!("type \"{}\" does not exist", parts.join(".")))
}

fn written(name: &str, modifiers: Vec<Expr>) -> Written {
    Written {
        parts: vec![name.into()],
        modifiers,
        fields: None,
        dimensions: 0,
        set: false,
        unlimited: false,
    }
}

/// One of PostgreSQL's own types.
fn known(parts: &[String]) -> R<Option<Type>> {
    let name = match parts {
        [name] => name,
        [schema, name] if schema == "pg_catalog" => name,
        _ => return Ok(None),
    };
    match Type::named(name) {
        Some(ty) if ty.category() != Category::Pseudo || ty == Type::RECORD => Ok(Some(ty)),
        _ if OTHERS.contains(&name.as_str()) => Err(unsupported(format!("the type {name}"))),
        _ => Ok(None),
    }
}

/// The type with the numbers in brackets after it.
fn modified(ty: Type, modifiers: &[Expr]) -> R<Typed> {
    if modifiers.is_empty() {
        return Ok(Typed::plain(ty));
    }
    let mut numbers = vec![];
    for modifier in modifiers {
        numbers.push(match modifier {
            Expr::Literal(Literal::Number(text)) => text.parse::<i64>().ok(),
            Expr::Literal(Literal::String(text)) => text.trim().parse::<i64>().ok(),
            Expr::Column(_) => None,
            _ => return fail("42601", "type modifiers must be simple constants or identifiers"),
        });
    }
    let Some(numbers) = numbers.into_iter().collect::<Option<Vec<i64>>>() else {
        return fail("42601", "type modifiers must be simple constants or identifiers");
    };
    let name = match ty {
        Type::NUMERIC => return numeric(&numbers),
        Type::VARCHAR => "varchar",
        Type::BPCHAR => "char",
        Type::INTERVAL => {
            return match numbers.as_slice() {
                [precision] => {
                    Ok(Typed::interval(range::FULL, Some((*precision).clamp(0, 6) as i32)))
                }
                _ => Err(pg("22023", "invalid type modifier")),
            };
        }
        Type::TIME | Type::TIMETZ | Type::TIMESTAMP | Type::TIMESTAMPTZ => {
            return match numbers.as_slice() {
                [precision] => Ok(Typed { ty, modifier: (*precision).clamp(0, 6) as i32 }),
                _ => Err(pg("22023", "invalid type modifier")),
            };
        }
        _ => {
            let message = format!("type modifier is not allowed for type \"{}\"", ty.name());
            return fail("42601", message);
        }
    };
    match numbers.as_slice() {
        [length @ 1..=10_485_760] => Ok(Typed { ty, modifier: *length as i32 }),
        [..1] => fail("22023", format!("length for type {name} must be at least 1")),
        [_] => fail("22023", format!("length for type {name} cannot exceed 10485760")),
        _ => fail("22023", "invalid type modifier"),
    }
}

fn numeric(numbers: &[i64]) -> R<Typed> {
    let (p, s) = match numbers {
        [p] => (*p, 0),
        [p, s] => (*p, *s),
        _ => return fail("22023", "invalid NUMERIC type modifier"),
    };
    if !(1..=1000).contains(&p) {
        return fail("22023", format!("NUMERIC precision {p} must be between 1 and 1000"));
    }
    if !(-1000..=1000).contains(&s) {
        return fail("22023", format!("NUMERIC scale {s} must be between -1000 and 1000"));
    }
    Ok(Typed::numeric(p as u32, s as i32))
}
