//! CREATE SEQUENCE, ALTER SEQUENCE, and the same options of identity columns.

use super::super::super::errors::{R, fail, pg};
use super::super::ast::{SequenceOptions, Statement, TypeName};
use super::super::cursor::Parser;
use super::super::keywords::K;
use super::super::lexer::Kind;
use super::{Persistence, refused};

impl Parser<'_> {
    pub(super) fn create_sequence(&mut self, persistence: Persistence) -> R<Statement> {
        self.expect(K::Sequence)?;
        if persistence == Persistence::Temporary {
            self.refuse("CREATE TEMPORARY SEQUENCE");
        }
        let if_not_exists = self.if_not_exists()?;
        let name = self.relation()?;
        let mut options = SequenceOptions::default();
        let mut seen = vec![];
        while self.sequence_option(&mut options, &mut seen)? {}
        if seen.contains(&"restart") {
            self.later(pg("42601", "sequence option \"restart\" not supported here"));
        }
        Ok(Statement::CreateSequence { name, if_not_exists, options })
    }

    /// Those of an identity column, to the closing bracket.
    pub(super) fn identity_options(&mut self) -> R<SequenceOptions> {
        let mut options = SequenceOptions::default();
        let mut seen = vec![];
        while self.sequence_option(&mut options, &mut seen)? {}
        if seen.is_empty() {
            return self.unexpected();
        }
        self.expect_char(b')')?;
        Ok(options)
    }

    fn sequence_number(&mut self) -> R<i64> {
        let text = self.signed_number()?;
        if let Ok(number) = text.parse() {
            return Ok(number);
        }
        self.later(pg("22003", format!("value \"{text}\" is out of range for type bigint")));
        Ok(0)
    }

    /// One option; false if none begins here.
    pub(super) fn sequence_option(
        &mut self,
        options: &mut SequenceOptions,
        seen: &mut Vec<&'static str>,
    ) -> R<bool> {
        let Kind::Word(word) = self.kind() else { return Ok(false) };
        let name = match word {
            K::As
            | K::Cache
            | K::Cycle
            | K::Increment
            | K::Maxvalue
            | K::Minvalue
            | K::No
            | K::Owned
            | K::Sequence
            | K::Start
            | K::Restart => self.sequence_word(word, options)?,
            _ => return Ok(false),
        };
        if seen.contains(&name) {
            return fail("42601", "conflicting or redundant options");
        }
        seen.push(name);
        Ok(true)
    }

    fn sequence_word(&mut self, word: K, options: &mut SequenceOptions) -> R<&'static str> {
        self.advance();
        Ok(match word {
            K::As => {
                if let TypeName::Known(typed) = self.simple_type()? {
                    options.typed = Some(typed);
                } else {
                    self.later(pg("22023", "sequence type must be smallint, integer, or bigint"));
                }
                "as"
            }
            K::Cache => {
                if self.sequence_number()? != 1 {
                    self.refuse("a sequence CACHE above 1");
                }
                "cache"
            }
            K::Cycle => {
                options.cycle = true;
                "cycle"
            }
            K::Increment => {
                self.eat(K::By);
                options.increment = Some(self.sequence_number()?);
                "increment"
            }
            K::Maxvalue => {
                options.maximum = Some(self.sequence_number()?);
                "maxvalue"
            }
            K::Minvalue => {
                options.minimum = Some(self.sequence_number()?);
                "minvalue"
            }
            K::No => {
                let name = match self.kind() {
                    Kind::Word(K::Maxvalue) => "maxvalue",
                    Kind::Word(K::Minvalue) => "minvalue",
                    Kind::Word(K::Cycle) => "cycle",
                    _ => return self.unexpected(),
                };
                self.advance();
                name
            }
            K::Owned => {
                self.expect(K::By)?;
                let parts =
                    if self.is(K::None) { vec![self.take_name()] } else { self.any_name()? };
                if parts != ["none"] {
                    self.refuse("OWNED BY");
                }
                "owned_by"
            }
            K::Sequence => {
                self.expect(K::Name)?;
                self.any_name()?;
                self.refuse("SEQUENCE NAME");
                "sequence_name"
            }
            K::Start => {
                self.eat(K::With);
                options.start = Some(self.sequence_number()?);
                "start"
            }
            _ => {
                self.eat(K::With);
                if matches!(self.kind(), Kind::Integer | Kind::Float | Kind::Char(b'+' | b'-')) {
                    self.sequence_number()?;
                }
                "restart"
            }
        })
    }

    pub(super) fn alter_sequence(&mut self) -> R<Statement> {
        self.expect(K::Sequence)?;
        let _if_exists = self.if_exists()?;
        self.relation()?;
        self.refuse("ALTER SEQUENCE");
        match self.kind() {
            Kind::Word(K::Rename) => {
                self.advance();
                self.expect(K::To)?;
                self.col_id()?;
            }
            Kind::Word(K::Owner) => {
                self.advance();
                self.expect(K::To)?;
                self.non_reserved_word()?;
            }
            Kind::Word(K::Set) => {
                self.advance();
                if !self.eat(K::Logged) && !self.eat(K::Unlogged) {
                    self.expect(K::Schema)?;
                    self.col_id()?;
                }
            }
            _ => {
                let mut options = SequenceOptions::default();
                let mut seen = vec![];
                while self.sequence_option(&mut options, &mut seen)? {}
                if seen.is_empty() {
                    return self.unexpected();
                }
            }
        }
        Ok(refused())
    }
}
