//! Identifiers: unquoted ones are folded to lower case, all are cut at 63 bytes; and which keywords may be
//! names where.

use super::super::errors::{R, fail, pg};
use super::ast::Name;
use super::ast::TypeName;
use super::cursor::Parser;
use super::keywords::{Category, K};
use super::lexer::Kind;

/// The longest identifier, in bytes.
pub(super) const LONGEST: usize = 63;

pub(super) fn truncate(name: &mut String) {
    if name.len() > LONGEST {
        let mut end = LONGEST;
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        name.truncate(end);
    }
}

impl Parser<'_> {
    /// Identifiers that are cut, with what is left.
    pub(super) fn long_names(&self) -> Vec<(String, String)> {
        let long = self.identifiers().filter(|name| name.len() > LONGEST);
        long.map(|name| {
            let mut short = name.clone();
            truncate(&mut short);
            (name, short)
        })
        .collect()
    }

    /// The current token is an identifier, or a keyword that may stand for one.
    fn is_name(&self, allowed: impl Fn(K) -> bool) -> bool {
        match self.kind() {
            Kind::Ident | Kind::Quoted(_) => true,
            Kind::Word(word) => allowed(word),
            _ => false,
        }
    }

    /// Takes the current token as a name.
    pub(super) fn take_name(&mut self) -> String {
        let name = match self.kind() {
            Kind::Quoted(place) => self.take_value(place),
            Kind::Word(word) => word.text().to_owned(),
            _ => {
                let mut name = self.here().to_ascii_lowercase();
                truncate(&mut name);
                name
            }
        };
        self.advance();
        name
    }

    fn name_if(&mut self, allowed: bool) -> R<String> {
        if allowed { Ok(self.take_name()) } else { self.unexpected() }
    }

    /// A column, a table, an alias: `ColId`.
    pub(super) fn is_col_id(&self) -> bool {
        self.is_name(|word| matches!(word.category(), Category::Unreserved | Category::ColumnName))
    }

    pub(super) fn col_id(&mut self) -> R<String> {
        self.name_if(self.is_col_id())
    }

    /// A function or a type: `type_function_name`.
    pub(super) fn is_type_function_name(&self) -> bool {
        self.is_name(|word| {
            matches!(word.category(), Category::Unreserved | Category::TypeOrFunction)
        })
    }

    pub(super) fn type_function_name(&mut self) -> R<String> {
        self.name_if(self.is_type_function_name())
    }

    /// Anything but a reserved word: `NonReservedWord`.
    pub(super) fn non_reserved_word(&mut self) -> R<String> {
        self.name_if(self.is_name(|word| word.category() != Category::Reserved))
    }

    /// After AS, or after a dot: any word.
    pub(super) fn col_label(&mut self) -> R<String> {
        self.name_if(self.is_name(|_| true))
    }

    pub(super) fn is_bare_label(&self) -> bool {
        self.is_name(K::is_bare_label)
    }

    pub(super) fn col_ids(&mut self) -> R<Vec<String>> {
        self.list(Self::col_id)
    }

    /// `(a, b)`, if it is there.
    pub(super) fn optional_columns(&mut self) -> R<Vec<String>> {
        if self.is_char(b'(') { self.bracketed(Self::col_id) } else { Ok(vec![]) }
    }

    /// `a`, `a.b`, `a.b.c`
    pub(super) fn any_name(&mut self) -> R<Vec<String>> {
        let mut parts = vec![self.col_id()?];
        while self.eat_char(b'.') {
            parts.push(self.col_label()?);
        }
        Ok(parts)
    }

    /// A table, view, index or sequence.
    pub(super) fn relation(&mut self) -> R<Name> {
        if !self.is_char_at(1, b'.') {
            return self.col_id().map(Name::plain);
        }
        let parts = self.any_name()?;
        Ok(self.relation_of(parts))
    }

    pub(super) fn relation_of(&mut self, mut parts: Vec<String>) -> Name {
        match parts.as_slice() {
            [_] | [_, _] => {}
            [catalog, _, _] if catalog == "postgres" => {}
            [_, _, _] => {
                let name = parts.join(".");
                self.later(pg(
                    "0A000",
                    format!("cross-database references are not implemented: \"{name}\""),
                ));
            }
            _ => self.later(too_many_dots(&parts)),
        }
        let name = parts.pop().unwrap_or_default();
        Name { schema: parts.pop(), name }
    }

    /// A function, with or without its schema.
    pub(super) fn function_of(&mut self, mut parts: Vec<String>) -> String {
        match parts.as_slice() {
            [_] => {}
            [schema, _] if schema == "pg_catalog" || schema == "public" => {}
            [schema, _] => {
                self.later(pg("3F000", format!("schema \"{schema}\" does not exist")));
            }
            _ => self.later(too_many_dots(&parts)),
        }
        parts.pop().unwrap_or_default()
    }

    /// The name of a collation. Those that there are order by code points, as the database itself does.
    pub(super) fn collation(&mut self) -> R<()> {
        let parts = self.any_name()?;
        let name = parts.join(".");
        match parts.last().map_or("", String::as_str) {
            "C" | "POSIX" | "default" | "ucs_basic" | "C.utf8" => {}
            icu if icu.contains("-x-icu") => self.refuse(format!("COLLATE \"{name}\"")),
            _ => self.later(pg(
                "42704",
                format!("collation \"{name}\" for encoding \"UTF8\" does not exist"),
            )),
        }
        Ok(())
    }

    /// The same after a type, which must be one of strings.
    pub(super) fn collation_of(&mut self, typed: &TypeName) -> R<()> {
        self.collation()?;
        if let TypeName::Known(typed) = typed
            && !typed.ty.element().unwrap_or(typed.ty).is_string()
        {
            let name = typed.ty.name();
            let message = format!("collations are not supported by type {name}");
            self.later(pg("42804", message));
        }
        Ok(())
    }

    /// A string constant.
    pub(super) fn string(&mut self) -> R<String> {
        match self.kind() {
            Kind::Text(place) => {
                let text = self.take_value(place);
                self.advance();
                Ok(text)
            }
            _ => self.unexpected(),
        }
    }

    pub(super) fn is_string(&self) -> bool {
        matches!(self.kind(), Kind::Text(_))
    }

    /// An integer constant without a sign: `Iconst`.
    pub(super) fn integer(&mut self) -> R<i32> {
        let Kind::Integer = self.kind() else { return self.unexpected() };
        let number = self.here().parse().or_else(|_| fail("22003", "integer out of range"))?;
        self.advance();
        Ok(number)
    }

    /// A number as written, with its sign: `NumericOnly`.
    pub(super) fn signed_number(&mut self) -> R<String> {
        let negative = self.is_char(b'-');
        if negative || self.is_char(b'+') {
            self.advance();
        }
        if !matches!(self.kind(), Kind::Integer | Kind::Float) {
            return self.unexpected();
        }
        let number = if negative { format!("-{}", self.here()) } else { self.here().to_owned() };
        self.advance();
        Ok(number)
    }

    /// CASCADE, or RESTRICT, or neither.
    pub(super) fn cascade(&mut self) -> bool {
        let cascade = self.eat(K::Cascade);
        if !cascade {
            self.eat(K::Restrict);
        }
        cascade
    }
}

fn too_many_dots(parts: &[String]) -> crate::error::Error {
    let name = parts.join(".");
    pg("42601", format!("improper qualified name (too many dotted names): {name}"))
}
