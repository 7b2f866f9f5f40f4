//! Transaction control, settings, LOCK TABLE, prepared statements, cursors.

use super::super::errors::{R, pg};
use super::ast::{Control, Declare, Direction, Discard, Isolation, Modes, Statement, TableLock};
use super::cursor::Parser;
use super::keywords::K;
use super::lexer::Kind;

impl Parser<'_> {
    /// BEGIN and START TRANSACTION.
    pub(super) fn begin(&mut self, start: bool) -> R<Statement> {
        self.advance();
        if start {
            self.expect(K::Transaction)?;
        } else {
            self.work();
        }
        let modes = if self.begins_mode() { self.modes()? } else { Modes::default() };
        control(Control::Begin { modes, start })
    }

    /// WORK or TRANSACTION, which say nothing.
    fn work(&mut self) {
        if !self.eat(K::Work) {
            self.eat(K::Transaction);
        }
    }

    fn begins_mode(&self) -> bool {
        matches!(self.kind(), Kind::Word(K::Isolation | K::Read | K::Deferrable | K::Not))
    }

    fn modes(&mut self) -> R<Modes> {
        let mut modes = Modes::default();
        loop {
            match self.kind() {
                Kind::Word(K::Isolation) => {
                    self.advance();
                    self.expect(K::Level)?;
                    modes.isolation = Some(self.isolation()?);
                }
                Kind::Word(K::Read) => {
                    self.advance();
                    modes.read_only = Some(self.is(K::Only));
                    if !self.eat(K::Only) {
                        self.expect(K::Write)?;
                    }
                }
                Kind::Word(K::Deferrable) => {
                    self.advance();
                    modes.deferrable = Some(true);
                }
                Kind::Word(K::Not) => {
                    self.advance();
                    self.expect(K::Deferrable)?;
                    modes.deferrable = Some(false);
                }
                _ => return self.unexpected(),
            }
            if !self.eat_char(b',') && !self.begins_mode() {
                return Ok(modes);
            }
        }
    }

    fn isolation(&mut self) -> R<Isolation> {
        if self.eat(K::Serializable) {
            return Ok(Isolation::Serializable);
        }
        if self.eat(K::Repeatable) {
            self.expect(K::Read)?;
            return Ok(Isolation::RepeatableRead);
        }
        self.expect(K::Read)?;
        if self.eat(K::Committed) {
            return Ok(Isolation::ReadCommitted);
        }
        self.expect(K::Uncommitted)?;
        Ok(Isolation::ReadUncommitted)
    }

    /// `AND [NO] CHAIN`
    fn chain(&mut self) -> R<bool> {
        self.work();
        if !self.eat(K::And) {
            return Ok(false);
        }
        let chain = !self.eat(K::No);
        self.expect(K::Chain)?;
        Ok(chain)
    }

    pub(super) fn commit(&mut self) -> R<Statement> {
        let word = self.kind();
        self.advance();
        if word == Kind::Word(K::Commit) && self.eat(K::Prepared) {
            let name = self.string()?;
            return control(Control::FinishPrepared { name, verb: "COMMIT" });
        }
        let chain = self.chain()?;
        control(Control::Commit { chain })
    }

    /// ROLLBACK and ABORT.
    pub(super) fn rollback(&mut self) -> R<Statement> {
        let rollback = self.is(K::Rollback);
        self.advance();
        if rollback && self.eat(K::Prepared) {
            let name = self.string()?;
            return control(Control::FinishPrepared { name, verb: "ROLLBACK" });
        }
        self.work();
        if rollback && self.eat(K::To) {
            self.eat(K::Savepoint);
            return control(Control::RollbackTo(self.col_id()?));
        }
        let chain = self.chain()?;
        control(Control::Rollback { chain })
    }

    pub(super) fn savepoint(&mut self) -> R<Statement> {
        self.advance();
        control(Control::Savepoint(self.col_id()?))
    }

    pub(super) fn release(&mut self) -> R<Statement> {
        self.advance();
        if !matches!(self.kind_at(1), Kind::End | Kind::Char(b';')) {
            self.eat(K::Savepoint);
        }
        control(Control::Release(self.col_id()?))
    }

    /// `a`, `a.b`
    fn setting_name(&mut self) -> R<String> {
        Ok(self.any_name()?.join("."))
    }

    pub(super) fn set(&mut self) -> R<Statement> {
        self.advance();
        if self.eat(K::Constraints) {
            return self.set_constraints();
        }
        let followed =
            |p: &Self| !matches!(p.kind_at(1), Kind::Word(K::To) | Kind::Char(b'=' | b'.'));
        let local = self.is(K::Local) && followed(self);
        let session = self.is(K::Session) && followed(self);
        if local || session {
            self.advance();
        }
        if session && self.eat(K::Authorization) {
            let value = self.authorization()?;
            return control(Control::Set { name: "session_authorization".into(), value, local });
        }
        if session && self.eat(K::Characteristics) {
            self.expect_all(&[K::As, K::Transaction])?;
            let modes = self.modes()?;
            return control(Control::SetTransaction { modes, session: true });
        }
        match self.kind() {
            Kind::Word(K::Transaction) if followed(self) => {
                self.advance();
                if self.eat(K::Snapshot) {
                    self.string()?;
                    self.refuse("SET TRANSACTION SNAPSHOT");
                    return control(Control::Reset(None));
                }
                let modes = self.modes()?;
                return control(Control::SetTransaction { modes, session: false });
            }
            Kind::Word(K::Time) if self.is_at(1, K::Zone) => {
                self.advance();
                self.advance();
                let value = self.zone()?;
                return control(Control::Set { name: "timezone".into(), value, local });
            }
            Kind::Word(K::Session) if self.is_at(1, K::Authorization) => {
                self.advance();
                self.advance();
                let value = self.authorization()?;
                let name = "session_authorization".into();
                return control(Control::Set { name, value, local });
            }
            Kind::Word(K::Role) if followed(self) => {
                self.advance();
                let value = self.authorization()?;
                return control(Control::Set { name: "role".into(), value, local });
            }
            Kind::Word(K::Names) if followed(self) => {
                self.advance();
                let value = match self.kind() {
                    Kind::Text(_) => Some(self.string()?),
                    _ => {
                        self.eat(K::Default);
                        None
                    }
                };
                return control(Control::Set { name: "client_encoding".into(), value, local });
            }
            Kind::Word(K::Schema) if self.is_string_at(1) => {
                self.advance();
                let value = Some(self.string()?);
                return control(Control::Set { name: "search_path".into(), value, local });
            }
            Kind::Word(K::Xml) if self.is_at(1, K::Option) => {
                self.refuse("SET XML OPTION");
                self.advance();
                self.advance();
                self.advance();
                return control(Control::Reset(None));
            }
            _ => {}
        }
        let name = self.setting_name()?;
        if self.eat_all(&[K::From, K::Current]) {
            self.refuse("SET … FROM CURRENT");
            return control(Control::Reset(None));
        }
        if !self.eat_char(b'=') {
            self.expect(K::To)?;
        }
        let value = if self.eat(K::Default) {
            None
        } else {
            let values = self.list(Self::setting_value)?;
            if values.len() > 1 {
                return control(Control::SetList { name, values, local });
            }
            Some(values.concat())
        };
        control(Control::Set { name, value, local })
    }

    fn is_string_at(&self, ahead: usize) -> bool {
        matches!(self.kind_at(ahead), Kind::Text(_))
    }

    /// A role, or DEFAULT.
    fn authorization(&mut self) -> R<Option<String>> {
        match self.kind() {
            Kind::Text(_) => self.string().map(Some),
            Kind::Word(K::Default) => {
                self.advance();
                Ok(None)
            }
            _ => self.non_reserved_word().map(Some),
        }
    }

    fn setting_value(&mut self) -> R<String> {
        match self.kind() {
            Kind::Text(_) => self.string(),
            Kind::Integer | Kind::Float | Kind::Char(b'+' | b'-') => self.signed_number(),
            Kind::Word(K::True | K::False | K::On) => {
                let value = self.here().to_ascii_lowercase();
                self.advance();
                Ok(value)
            }
            _ => self.non_reserved_word(),
        }
    }

    /// What SET TIME ZONE sets; `None` for LOCAL and DEFAULT.
    fn zone(&mut self) -> R<Option<String>> {
        match self.kind() {
            Kind::Text(_) => self.string().map(Some),
            Kind::Ident | Kind::Quoted(_) => Ok(Some(self.take_name())),
            Kind::Word(K::Default | K::Local) => {
                self.advance();
                Ok(None)
            }
            Kind::Word(K::Interval) => {
                self.advance();
                self.precision()?;
                let text = self.string()?;
                self.interval_fields()?;
                Ok(Some(format!("interval '{text}'")))
            }
            _ => self.signed_number().map(Some),
        }
    }

    fn set_constraints(&mut self) -> R<Statement> {
        let names = if self.eat(K::All) { None } else { Some(self.list(Self::relation)?) };
        let deferred = self.eat(K::Deferred);
        if !deferred {
            self.expect(K::Immediate)?;
        }
        Ok(Statement::SetConstraints { names, deferred })
    }

    pub(super) fn show(&mut self) -> R<Statement> {
        self.advance();
        let name = match self.kind() {
            Kind::Word(K::Time) if self.is_at(1, K::Zone) => {
                self.advance();
                self.advance();
                "timezone".into()
            }
            Kind::Word(K::Transaction) if self.is_at(1, K::Isolation) => {
                self.advance();
                self.advance();
                self.expect(K::Level)?;
                "transaction_isolation".into()
            }
            Kind::Word(K::Session) if self.is_at(1, K::Authorization) => {
                self.advance();
                self.advance();
                "session_authorization".into()
            }
            Kind::Word(K::All) => {
                self.advance();
                "all".into()
            }
            _ => self.setting_name()?,
        };
        control(Control::Show(name))
    }

    pub(super) fn reset(&mut self) -> R<Statement> {
        self.advance();
        let name = match self.kind() {
            Kind::Word(K::All) => {
                self.advance();
                return control(Control::Reset(None));
            }
            Kind::Word(K::Time) if self.is_at(1, K::Zone) => {
                self.advance();
                self.advance();
                "timezone".into()
            }
            Kind::Word(K::Transaction) if self.is_at(1, K::Isolation) => {
                self.advance();
                self.advance();
                self.expect(K::Level)?;
                "transaction_isolation".into()
            }
            Kind::Word(K::Session) if self.is_at(1, K::Authorization) => {
                self.advance();
                self.advance();
                "session_authorization".into()
            }
            _ => self.setting_name()?,
        };
        control(Control::Reset(Some(name)))
    }

    pub(super) fn lock_table(&mut self) -> R<Statement> {
        self.advance();
        self.eat(K::Table);
        let tables = self.list(Self::relation_expr)?;
        let mut mode = TableLock::AccessExclusive;
        if self.eat(K::In) {
            mode = self.lock_mode()?;
            self.expect(K::Mode)?;
        }
        let nowait = self.eat(K::Nowait);
        Ok(Statement::LockTable { tables, mode, nowait })
    }

    fn lock_mode(&mut self) -> R<TableLock> {
        use TableLock as T;
        if self.eat(K::Access) {
            if self.eat(K::Share) {
                return Ok(T::AccessShare);
            }
            return self.expect(K::Exclusive).map(|()| T::AccessExclusive);
        }
        if self.eat(K::Row) {
            if self.eat(K::Share) {
                return Ok(T::RowShare);
            }
            return self.expect(K::Exclusive).map(|()| T::RowExclusive);
        }
        if self.eat(K::Share) {
            if self.eat(K::Update) {
                return self.expect(K::Exclusive).map(|()| T::ShareUpdateExclusive);
            }
            if self.eat(K::Row) {
                return self.expect(K::Exclusive).map(|()| T::ShareRowExclusive);
            }
            return Ok(T::Share);
        }
        self.expect(K::Exclusive).map(|()| T::Exclusive)
    }

    /// PREPARE of a statement, or of a transaction.
    pub(super) fn prepare(&mut self) -> R<Statement> {
        self.advance();
        if self.is(K::Transaction) && self.is_string_at(1) {
            self.advance();
            self.string()?;
            return control(Control::PrepareTransaction);
        }
        let name = self.col_id()?;
        let types = if self.is_char(b'(') { self.bracketed(Self::type_name)? } else { vec![] };
        self.expect(K::As)?;
        let statement = Box::new(self.preparable()?);
        control(Control::Prepare { name, types, statement })
    }

    pub(super) fn execute(&mut self) -> R<Statement> {
        self.advance();
        let name = self.col_id()?;
        let args = if self.is_char(b'(') { self.bracketed(Self::expr)? } else { vec![] };
        control(Control::Execute { name, args })
    }

    pub(super) fn deallocate(&mut self) -> R<Statement> {
        self.advance();
        self.eat(K::Prepare);
        let name = if self.eat(K::All) { None } else { Some(self.col_id()?) };
        control(Control::Deallocate(name))
    }

    pub(super) fn declare(&mut self) -> R<Statement> {
        self.advance();
        let name = self.col_id()?;
        let (mut scroll, mut insensitive, mut binary) = (None, false, false);
        loop {
            match self.kind() {
                Kind::Word(K::No) => {
                    self.advance();
                    if !self.is(K::Scroll) {
                        return self.unexpected();
                    }
                    if scroll == Some(true) {
                        self.later(pg("42P11", "cannot specify both SCROLL and NO SCROLL"));
                    }
                    scroll = Some(false);
                }
                Kind::Word(K::Scroll) => {
                    if scroll == Some(false) {
                        self.later(pg("42P11", "cannot specify both SCROLL and NO SCROLL"));
                    }
                    scroll = Some(true);
                }
                Kind::Word(K::Binary) => binary = true,
                Kind::Word(K::Insensitive) => insensitive = true,
                Kind::Word(K::Asensitive) => {}
                _ => break,
            }
            self.advance();
        }
        self.expect(K::Cursor)?;
        let hold = self.eat(K::With);
        if hold || self.eat(K::Without) {
            self.expect(K::Hold)?;
        }
        self.expect(K::For)?;
        let query = self.query()?;
        let declare = Declare { name, scroll, insensitive, hold, binary, query };
        control(Control::Declare(Box::new(declare)))
    }

    /// FETCH and MOVE.
    pub(super) fn fetch_rows(&mut self) -> R<Statement> {
        let moves = self.is(K::Move);
        self.advance();
        let direction = self.direction_of_fetch()?;
        if !self.eat(K::From) {
            self.eat(K::In);
        }
        let cursor = self.col_id()?;
        control(Control::Fetch { cursor, direction, moves })
    }

    fn direction_of_fetch(&mut self) -> R<Direction> {
        let Kind::Word(word) = self.kind() else {
            if matches!(self.kind(), Kind::Integer | Kind::Char(b'+' | b'-')) {
                return Ok(Direction::Forward(self.rows()?));
            }
            return Ok(Direction::Forward(1));
        };
        // A cursor may be called so.
        let named = matches!(self.kind_at(1), Kind::End | Kind::Char(b';'));
        let plain = match word {
            K::Next => Direction::Forward(1),
            K::Prior => Direction::Backward(1),
            K::First => Direction::Absolute(1),
            K::Last => Direction::Absolute(-1),
            K::All => Direction::Forward(i64::MAX),
            K::Absolute | K::Relative if !named => {
                self.advance();
                let rows = self.rows()?;
                return Ok(if word == K::Absolute {
                    Direction::Absolute(rows)
                } else {
                    Direction::Relative(rows)
                });
            }
            K::Forward | K::Backward if !named => {
                self.advance();
                let rows = match self.kind() {
                    Kind::Integer | Kind::Char(b'+' | b'-') => self.rows()?,
                    _ if self.eat(K::All) => i64::MAX,
                    _ => 1,
                };
                return Ok(if word == K::Forward {
                    Direction::Forward(rows)
                } else {
                    Direction::Backward(rows)
                });
            }
            _ => return Ok(Direction::Forward(1)),
        };
        if named {
            return Ok(Direction::Forward(1));
        }
        self.advance();
        Ok(plain)
    }

    fn rows(&mut self) -> R<i64> {
        let negative = self.is_char(b'-');
        if negative || self.is_char(b'+') {
            self.advance();
        }
        let rows = i64::from(self.integer()?);
        Ok(if negative { -rows } else { rows })
    }

    pub(super) fn close(&mut self) -> R<Statement> {
        self.advance();
        let name = if self.eat(K::All) { None } else { Some(self.col_id()?) };
        control(Control::Close(name))
    }

    pub(super) fn discard(&mut self) -> R<Statement> {
        self.advance();
        let what = match self.kind() {
            Kind::Word(K::All) => Discard::All,
            Kind::Word(K::Temp | K::Temporary) => Discard::Temporary,
            Kind::Word(K::Plans) => Discard::Plans,
            Kind::Word(K::Sequences) => Discard::Sequences,
            _ => return self.unexpected(),
        };
        self.advance();
        control(Control::Discard(what))
    }
}

fn control(control: Control) -> R<Statement> {
    Ok(Statement::Control(control))
}
