//! Locking clauses, read from the tokens: the parser knows two of the four strengths and one table.
//!
//! Each clause is replaced by `FOR UPDATE OF "#n"`, which the parser accepts in the same places, and
//! `n` leads back to what the clause said.

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, TokenWithSpan, Word};

use super::super::errors::{R, fail};
use super::ast::{LockClause, LockWait, RowLock};

/// Takes the clauses out of the tokens.
pub(super) fn extract(tokens: &mut Vec<TokenWithSpan>) -> R<Vec<LockClause>> {
    let mut clauses = vec![];
    if !tokens.iter().any(|t| is(&t.token, "for")) {
        return Ok(clauses);
    }
    tokens.retain(|t| !matches!(t.token, Token::Whitespace(_)));
    let mut at = 0;
    while at < tokens.len() {
        if let Some((clause, length)) = clause_at(&tokens[at..])? {
            let span = tokens[at].span;
            let name = format!("#{}", clauses.len());
            let replacement = [
                word("FOR", Keyword::FOR),
                word("UPDATE", Keyword::UPDATE),
                word("OF", Keyword::OF),
                quoted(name),
            ];
            tokens.splice(at..at + length, replacement.map(|token| TokenWithSpan { token, span }));
            clauses.push(clause);
            at += 4;
        } else {
            at += 1;
        }
    }
    Ok(clauses)
}

/// The clause that a replaced name stands for.
pub(super) fn resolve<'c>(clauses: &'c [LockClause], name: &str) -> Option<&'c LockClause> {
    clauses.get(name.strip_prefix('#')?.parse::<usize>().ok()?)
}

/// Takes DEFERRABLE or NOT DEFERRABLE out of a statement that begins or sets a transaction.
pub(super) fn deferrable(tokens: &mut Vec<TokenWithSpan>) -> Option<bool> {
    let first = tokens.iter().find(|t| !matches!(t.token, Token::Whitespace(_)))?;
    if !["begin", "start", "set"].iter().any(|text| is(&first.token, text)) {
        return None;
    }
    let significant = |t: &&TokenWithSpan| !matches!(t.token, Token::Whitespace(_));
    let transaction = tokens.iter().filter(significant).take(5).any(|t| {
        ["transaction", "begin", "work", "isolation", "read"].iter().any(|text| is(&t.token, text))
    });
    if !transaction || !tokens.iter().any(|t| is(&t.token, "deferrable")) {
        return None;
    }
    tokens.retain(|t| !matches!(t.token, Token::Whitespace(_)));
    let at = tokens.iter().rposition(|t| is(&t.token, "deferrable"))?;
    let not = at > 0 && is(&tokens[at - 1].token, "not");
    let mut from = if not { at - 1 } else { at };
    let mut to = at + 1;
    // The comma goes with it.
    if from > 0 && matches!(tokens[from - 1].token, Token::Comma) {
        from -= 1;
    } else if matches!(tokens.get(to).map(|t| &t.token), Some(Token::Comma)) {
        to += 1;
    }
    tokens.drain(from..to);
    Some(!not)
}

fn is(token: &Token, text: &str) -> bool {
    matches!(token, Token::Word(w) if w.quote_style.is_none() && w.value.eq_ignore_ascii_case(text))
}

pub(super) fn word(text: &str, keyword: Keyword) -> Token {
    Token::Word(Word { value: text.into(), quote_style: None, keyword })
}

fn quoted(text: String) -> Token {
    Token::Word(Word { value: text, quote_style: Some('"'), keyword: Keyword::NoKeyword })
}

fn clause_at(tokens: &[TokenWithSpan]) -> R<Option<(LockClause, usize)>> {
    let starts = |words: &[&str]| {
        tokens.len() >= words.len() && words.iter().zip(tokens).all(|(word, t)| is(&t.token, word))
    };
    let (strength, mut at) = if starts(&["for", "no", "key", "update"]) {
        (RowLock::NoKeyUpdate, 4)
    } else if starts(&["for", "key", "share"]) {
        (RowLock::KeyShare, 3)
    } else if starts(&["for", "update"]) {
        (RowLock::Update, 2)
    } else if starts(&["for", "share"]) {
        (RowLock::Share, 2)
    } else {
        return Ok(None);
    };
    let word_at = |at: usize, text: &str| tokens.get(at).is_some_and(|t| is(&t.token, text));
    let mut of = vec![];
    if word_at(at, "of") {
        loop {
            at += 1;
            match tokens.get(at).map(|t| &t.token) {
                Some(Token::Word(w)) => of.push(match w.quote_style {
                    Some(_) => w.value.clone(),
                    None => w.value.to_ascii_lowercase(),
                }),
                Some(other) => {
                    return fail("42601", format!("syntax error at or near \"{other}\""));
                }
                None => return fail("42601", "syntax error at end of input"),
            }
            at += 1;
            if !matches!(tokens.get(at).map(|t| &t.token), Some(Token::Comma)) {
                break;
            }
        }
    }
    let wait = if word_at(at, "nowait") {
        at += 1;
        LockWait::NoWait
    } else if word_at(at, "skip") && word_at(at + 1, "locked") {
        at += 2;
        LockWait::SkipLocked
    } else {
        LockWait::Wait
    };
    Ok(Some((LockClause { strength, of, wait }, at)))
}
