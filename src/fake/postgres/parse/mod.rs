//! SQL text to syntax tree: PostgreSQL's grammar, written by hand.
//!
//! ```text
//!  text → lexer, strings → tokens → cursor ┬ control                 BEGIN, SET, LOCK, FETCH, …
//!                                          ├ ddl                     CREATE, ALTER, DROP, COMMENT
//!                                          ├ dml → query, from       INSERT, UPDATE, DELETE, MERGE, SELECT
//!                                          └ clauses, operators, atoms, calls, window, types, names → ast
//! ```
//!
//! - One token of lookahead decides, two or three where PostgreSQL's grammar needs a trick for it; nothing
//!   is read twice. So the first token that cannot go on is the one that a syntax error names, as there.
//! - What is well-formed but not supported is read to its end and refused then (`Parser::refuse`): a syntax
//!   error further on comes first. Nothing is dropped silently.
//! - `keywords` says which words may be names where; it is a table.
//! - Depth and height of the tree are bounded (`Parser::enter`, `Parser::grow`), so that no text can
//!   overflow the stack here or in the rooms after.

pub(crate) mod ast;
mod atoms;
mod calls;
mod clauses;
mod control;
mod cursor;
mod ddl;
mod dml;
mod from;
mod keywords;
mod lexer;
mod names;
mod operators;
mod query;
mod script;
mod strings;
mod types;
mod window;

use super::errors::{R, fail, unsupported};
use cursor::Parser;
use keywords::K;
use lexer::Kind;

pub(crate) use script::split;
pub(crate) use types::type_name;

/// The identifiers in the text that are too long, with what they are cut to.
pub(crate) fn cut_names(text: &str) -> Vec<(String, String)> {
    if text.len() <= names::LONGEST {
        return vec![];
    }
    Parser::new(text).long_names()
}

/// Parses one statement; `None` for a text that holds none.
pub(crate) fn parse(text: &str) -> R<Option<ast::Statement>> {
    let mut parser = Parser::new(text);
    let mut first = None;
    let mut several = false;
    loop {
        while parser.eat_char(b';') {}
        if parser.kind() == Kind::End {
            break;
        }
        parser.begin_statement();
        let statement = parser.statement()?;
        if !parser.is_end() {
            return parser.unexpected();
        }
        several |= first.is_some();
        first.get_or_insert(statement);
    }
    if several {
        return fail("42601", "cannot insert multiple commands into a prepared statement");
    }
    parser.settle()?;
    Ok(first)
}

/// An expression alone.
pub(crate) fn expression(text: &str) -> R<ast::Expr> {
    let mut parser = Parser::new(text);
    parser.begin_statement();
    let expr = parser.expr()?;
    if !parser.is_end() {
        return parser.unexpected();
    }
    parser.settle()?;
    Ok(expr)
}

impl Parser<'_> {
    fn statement(&mut self) -> R<ast::Statement> {
        let Kind::Word(word) = self.kind() else {
            if self.is_char(b'(') {
                return self.preparable();
            }
            return self.unexpected();
        };
        match word {
            K::Select
            | K::Values
            | K::Table
            | K::With
            | K::Insert
            | K::Update
            | K::Delete
            | K::Merge => self.preparable(),
            K::Begin => self.begin(false),
            K::Start => self.begin(true),
            K::Commit | K::End => self.commit(),
            K::Rollback | K::Abort => self.rollback(),
            K::Savepoint => self.savepoint(),
            K::Release => self.release(),
            K::Set => self.set(),
            K::Show => self.show(),
            K::Reset => self.reset(),
            K::Lock => self.lock_table(),
            K::Create => self.create(),
            K::Alter => self.alter(),
            K::Drop => self.drop(),
            K::Comment => self.comment(),
            K::Truncate => self.truncate(),
            K::Refresh => self.refresh(),
            K::Reindex => self.reindex(),
            K::Prepare => self.prepare(),
            K::Execute => self.execute(),
            K::Deallocate => self.deallocate(),
            K::Declare => self.declare(),
            K::Fetch | K::Move => self.fetch_rows(),
            K::Close => self.close(),
            K::Discard => self.discard(),
            K::Analyze | K::Analyse | K::Vacuum => self.maintain(word),
            K::Checkpoint
            | K::Listen
            | K::Notify
            | K::Unlisten
            | K::Load
            | K::Cluster
            | K::Copy
            | K::Grant
            | K::Revoke
            | K::Do
            | K::Call
            | K::Explain => self.not_simulated(1),
            K::Reassign | K::Security | K::Import => self.not_simulated(2),
            _ => self.unexpected(),
        }
    }

    /// ANALYZE and VACUUM change nothing that an application sees.
    fn maintain(&mut self, word: K) -> R<ast::Statement> {
        self.advance();
        let tag = if word == K::Vacuum { "VACUUM" } else { "ANALYZE" };
        if self.is_char(b'(') {
            self.maintenance_options(tag)?;
        }
        while matches!(
            self.kind(),
            Kind::Word(K::Full | K::Freeze | K::Verbose | K::Analyze | K::Analyse)
        ) {
            self.advance();
        }
        if self.is_end() {
            return Ok(ast::Statement::NoEffect { tag, table: None });
        }
        let tables = self.list(|p| {
            let table = p.relation()?;
            p.optional_columns()?;
            Ok(table)
        })?;
        if tables.len() > 1 {
            self.refuse(format!("{tag} of several tables"));
        }
        Ok(ast::Statement::NoEffect { tag, table: tables.into_iter().next() })
    }

    /// `(ANALYZE, PARALLEL 2)`
    fn maintenance_options(&mut self, tag: &str) -> R<()> {
        let known: &[&str] = match tag {
            "ANALYZE" => &["verbose", "skip_locked"],
            _ => &[
                "full",
                "freeze",
                "verbose",
                "analyze",
                "disable_page_skipping",
                "skip_locked",
                "index_cleanup",
                "process_toast",
                "truncate",
                "parallel",
            ],
        };
        self.expect_char(b'(')?;
        loop {
            let option = self.col_label()?;
            if !known.contains(&option.as_str()) {
                let what = format!("unrecognized {tag} option \"{option}\"");
                self.later(super::errors::pg("42601", what));
            }
            if !self.is_char(b',') && !self.is_char(b')') {
                match self.kind() {
                    Kind::Integer | Kind::Float => self.advance(),
                    _ => {
                        self.col_label()?;
                    }
                }
            }
            if !self.eat_char(b',') {
                break;
            }
        }
        self.expect_char(b')')
    }

    /// A statement of PostgreSQL's that the engine does not do, told by its first words.
    fn not_simulated(&mut self, words: usize) -> R<ast::Statement> {
        Err(unsupported(self.headline(words)))
    }
}
