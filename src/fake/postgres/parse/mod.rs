//! SQL text to syntax tree.
//!
//! `sqlparser` does the parsing and is known in this room only; `ast` is the engine's own tree. What the
//! parser lacks (FOR NO KEY UPDATE, FOR KEY SHARE, several tables after OF) is read from the tokens
//! before, in `locking`. Whatever the tree has no place for is 0A000, never dropped.

pub(crate) mod ast;
mod control;
mod ddl;
mod dml;
mod expr;
mod locking;
mod names;
mod query;
mod script;
mod types;
mod window;

use sqlparser::ast as sql;
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Token, TokenWithSpan, Tokenizer};

use super::errors::{R, fail, pg, unsupported};
use crate::error::Error;

pub(crate) use script::split;

/// Nesting deeper than this is 54001, so that no text can overflow the stack.
const MAX_DEPTH: usize = 60;

/// Parses one statement; `None` for a text that holds none.
pub(crate) fn parse(text: &str) -> R<Option<ast::Statement>> {
    let mut tokens = tokenize(text)?;
    while matches!(tokens.last(), Some(t) if matches!(t.token, Token::SemiColon | Token::Whitespace(_) | Token::EOF))
    {
        tokens.pop();
    }
    if tokens.iter().all(|t| matches!(t.token, Token::Whitespace(_))) {
        return Ok(None);
    }
    expand_table_command(&mut tokens);
    let locks = locking::extract(&mut tokens)?;
    let deferrable = locking::deferrable(&mut tokens);
    let dialect = PostgreSqlDialect {};
    let mut parser =
        Parser::new(&dialect).with_recursion_limit(MAX_DEPTH).with_tokens_with_locations(tokens);
    let statement = parser.parse_statement().map_err(syntax_error)?;
    let rest = parser.peek_token();
    match rest.token {
        Token::EOF => {}
        Token::SemiColon => {
            return fail("42601", "cannot insert multiple commands into a prepared statement");
        }
        other => return fail("42601", format!("syntax error at or near \"{other}\"")),
    }
    let statement = Converter { locks, deferrable }.statement(statement)?;
    Ok(Some(statement))
}

/// `TABLE t` is `SELECT * FROM t`.
fn expand_table_command(tokens: &mut Vec<TokenWithSpan>) {
    let mut at = 0;
    let mut starts = true;
    while at < tokens.len() {
        let word = match &tokens[at].token {
            Token::Whitespace(_) => {
                at += 1;
                continue;
            }
            Token::Word(word) if word.quote_style.is_none() => word.value.to_ascii_uppercase(),
            Token::LParen => "(".into(),
            _ => String::new(),
        };
        if starts && word == "TABLE" {
            let span = tokens[at].span;
            let replacement = [
                locking::word("SELECT", Keyword::SELECT),
                Token::Mul,
                locking::word("FROM", Keyword::FROM),
            ];
            tokens.splice(at..=at, replacement.map(|token| TokenWithSpan { token, span }));
        }
        starts = matches!(word.as_str(), "(" | "UNION" | "ALL" | "EXCEPT" | "INTERSECT");
        at += 1;
    }
}

fn tokenize(text: &str) -> R<Vec<TokenWithSpan>> {
    let dialect = PostgreSqlDialect {};
    Tokenizer::new(&dialect, text).tokenize_with_location().map_err(|error| {
        let message = error.message.to_ascii_lowercase();
        if message.contains("unterminated") && message.contains("string") {
            pg("42601", format!("unterminated quoted string at or near \"{}\"", from_quote(text)))
        } else {
            pg("42601", format!("syntax error: {}", error.message))
        }
    })
}

/// The parser says "Expected: …, found: X at Line: …"; PostgreSQL says where, not what it expected.
fn syntax_error(error: ParserError) -> Error {
    let text = match error {
        ParserError::RecursionLimitExceeded => return pg("54001", "stack depth limit exceeded"),
        ParserError::TokenizerError(text) | ParserError::ParserError(text) => text,
    };
    let Some((_, found)) = text.rsplit_once("found: ") else {
        return pg("42601", format!("syntax error: {text}"));
    };
    let token = found.split(" at Line").next().unwrap_or(found);
    if token.eq_ignore_ascii_case("exclude") {
        return unsupported("EXCLUDE in a window's frame");
    }
    if token == "EOF" {
        pg("42601", "syntax error at end of input")
    } else {
        pg("42601", format!("syntax error at or near \"{token}\""))
    }
}

/// The text from its last opened quote on.
fn from_quote(text: &str) -> &str {
    let mut open = None;
    for (at, _) in text.match_indices('\'') {
        open = if open.is_some() { None } else { Some(at) };
    }
    &text[open.unwrap_or(0)..]
}

/// Turns the parser's tree into the engine's.
struct Converter {
    locks: Vec<ast::LockClause>,
    /// Of BEGIN and SET TRANSACTION, which the parser does not know.
    deferrable: Option<bool>,
}

impl Converter {
    fn statement(&self, statement: sql::Statement) -> R<ast::Statement> {
        use sql::Statement as S;
        Ok(match statement {
            S::Query(query) => self.query_statement(*query)?,
            S::Insert(insert) => ast::Statement::Insert(Box::new(self.insert(insert)?)),
            S::Update(update) => ast::Statement::Update(Box::new(self.update(update)?)),
            S::Delete(delete) => ast::Statement::Delete(Box::new(self.delete(delete)?)),
            S::CreateTable(create) => {
                ast::Statement::CreateTable(Box::new(self.create_table(create)?))
            }
            S::CreateIndex(create) => {
                ast::Statement::CreateIndex(Box::new(self.create_index(create)?))
            }
            S::CreateSequence { temporary, if_not_exists, name, sequence_options } => {
                if temporary {
                    return Err(unsupported("CREATE TEMPORARY SEQUENCE"));
                }
                let options = self.sequence_options(sequence_options)?;
                ast::Statement::CreateSequence {
                    name: names::relation(&name)?,
                    if_not_exists,
                    options,
                }
            }
            S::AlterTable(alter) => self.alter_table(alter)?,
            S::CreateType { name, representation } => self.create_type(&name, representation)?,
            S::AlterType(alter) => self.alter_type(alter)?,
            S::CreateDomain(create) => self.create_domain(create)?,
            S::DropDomain(drop) => ast::Statement::Drop {
                kind: ast::DropKind::Domain,
                names: vec![names::relation(&drop.name)?],
                if_exists: drop.if_exists,
                cascade: matches!(drop.drop_behavior, Some(sql::DropBehavior::Cascade)),
            },
            S::Drop { object_type, if_exists, names, cascade, purge, temporary, table, .. } => {
                if purge || temporary || table.is_some() {
                    return Err(unsupported("this form of DROP"));
                }
                let kind = match object_type {
                    sql::ObjectType::Table => ast::DropKind::Table,
                    sql::ObjectType::Index => ast::DropKind::Index,
                    sql::ObjectType::Sequence => ast::DropKind::Sequence,
                    sql::ObjectType::Type => ast::DropKind::Type,
                    other => return Err(unsupported(format!("DROP {other}"))),
                };
                let names = names.iter().map(names::relation).collect::<R<_>>()?;
                ast::Statement::Drop { kind, names, if_exists, cascade }
            }
            S::Truncate(truncate) => self.truncate(truncate)?,
            S::Lock(lock) => self.lock_table(lock)?,
            S::Comment { object_type, object_name, if_exists: false, .. } => {
                comment(object_type, &object_name)?
            }
            S::Analyze(analyze) => {
                let table = analyze.table_name.as_ref().map(names::relation).transpose()?;
                ast::Statement::NoEffect { tag: "ANALYZE", table, column: None }
            }
            S::Vacuum(vacuum) => {
                let table = vacuum.table_name.as_ref().map(names::relation).transpose()?;
                ast::Statement::NoEffect { tag: "VACUUM", table, column: None }
            }
            other => ast::Statement::Control(self.control(other)?),
        })
    }
}

/// COMMENT ON a table or column.
fn comment(what: sql::CommentObject, name: &sql::ObjectName) -> R<ast::Statement> {
    let (table, column) = match what {
        sql::CommentObject::Table => (names::relation(name)?, None),
        sql::CommentObject::Column => match names::parts(name)?.as_slice() {
            [table, column] | [_, table, column] => (table.clone(), Some(column.clone())),
            _ => return fail("42601", "column name must be qualified"),
        },
        other => return Err(unsupported(format!("COMMENT ON {other}"))),
    };
    Ok(ast::Statement::NoEffect { tag: "COMMENT", table: Some(table), column })
}

/// The first words of a statement that is not supported, for its message.
fn headline(statement: &impl std::fmt::Display) -> String {
    let text = statement.to_string();
    let words: Vec<&str> = text.split_whitespace().take(2).collect();
    words.join(" ").trim_end_matches([';', ',']).to_owned()
}
