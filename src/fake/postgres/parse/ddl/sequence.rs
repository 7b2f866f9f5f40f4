//! CREATE SEQUENCE, ALTER SEQUENCE, and the same options of identity columns.

use super::super::super::errors::{R, fail, pg};
use super::super::ast::{
    CreateSequence, Persistence, RelationKind, SequenceOptions, Statement, TypeName,
};
use super::super::cursor::Parser;
use super::super::keywords::K;
use super::super::lexer::Kind;

impl Parser<'_> {
    pub(super) fn create_sequence(&mut self, persistence: Persistence) -> R<Statement> {
        self.expect(K::Sequence)?;
        let if_not_exists = self.if_not_exists()?;
        let name = self.relation()?;
        let mut options = SequenceOptions::default();
        let mut seen = vec![];
        while self.sequence_option(&mut options, &mut seen)? {}
        if seen.contains(&"restart") {
            self.later(pg("42601", "sequence option \"restart\" not supported here"));
        }
        let temporary = persistence == Persistence::Temporary;
        Ok(Statement::CreateSequence(Box::new(CreateSequence {
            name,
            if_not_exists,
            temporary,
            options,
        })))
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
                options.cache = Some(self.sequence_number()?);
                "cache"
            }
            K::Cycle => {
                options.cycle = Some(true);
                "cycle"
            }
            K::Increment => {
                self.eat(K::By);
                options.increment = Some(self.sequence_number()?);
                "increment"
            }
            K::Maxvalue => {
                options.maximum = Some(Some(self.sequence_number()?));
                "maxvalue"
            }
            K::Minvalue => {
                options.minimum = Some(Some(self.sequence_number()?));
                "minvalue"
            }
            K::No => {
                let name = match self.kind() {
                    Kind::Word(K::Maxvalue) => {
                        options.maximum = Some(None);
                        "maxvalue"
                    }
                    Kind::Word(K::Minvalue) => {
                        options.minimum = Some(None);
                        "minvalue"
                    }
                    Kind::Word(K::Cycle) => {
                        options.cycle = Some(false);
                        "cycle"
                    }
                    _ => return self.unexpected(),
                };
                self.advance();
                name
            }
            K::Owned => {
                self.expect(K::By)?;
                let mut parts =
                    if self.is(K::None) { vec![self.take_name()] } else { self.any_name()? };
                let column = parts.pop().unwrap_or_default();
                options.owned_by = Some(match (parts.is_empty(), column.as_str()) {
                    (true, "none") => None,
                    (true, _) => {
                        let error = pg("42601", "invalid OWNED BY option");
                        let hint = "Specify OWNED BY table.column or OWNED BY NONE.";
                        self.later(error.with_hint(hint));
                        None
                    }
                    (false, _) => Some((self.relation_of(parts), column)),
                });
                "owned_by"
            }
            K::Sequence => {
                self.expect(K::Name)?;
                let parts = self.any_name()?;
                options.name = Some(self.relation_of(parts));
                "sequence_name"
            }
            K::Start => {
                self.eat(K::With);
                options.start = Some(self.sequence_number()?);
                "start"
            }
            _ => {
                options.restart = Some(self.restart()?);
                "restart"
            }
        })
    }

    /// `WITH 5`, or `5`, or nothing.
    pub(super) fn restart(&mut self) -> R<Option<i64>> {
        let with = self.eat(K::With);
        if with || matches!(self.kind(), Kind::Integer | Kind::Float | Kind::Char(b'+' | b'-')) {
            return self.sequence_number().map(Some);
        }
        Ok(None)
    }

    pub(super) fn alter_sequence(&mut self) -> R<Statement> {
        self.expect(K::Sequence)?;
        let general = |word| matches!(word, Kind::Word(K::Rename | K::Owner | K::Set));
        let if_exists = self.if_exists()?;
        let name = self.relation()?;
        if general(self.kind()) {
            return self.alter_named(RelationKind::Sequence, name, if_exists);
        }
        let mut options = SequenceOptions::default();
        let mut seen = vec![];
        while self.sequence_option(&mut options, &mut seen)? {}
        if seen.is_empty() {
            return self.unexpected();
        }
        Ok(Statement::AlterSequence { name, if_exists, options })
    }
}
