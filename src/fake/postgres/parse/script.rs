//! Scripts: texts with several statements, each ended by `;`.

use sqlparser::tokenizer::Token;

use super::super::errors::R;
use super::tokenize;

/// One statement of a script.
#[derive(Debug)]
pub(crate) struct Piece<'s> {
    pub(crate) text: &'s str,
    /// Of the statement's first token, from 1.
    pub(crate) line: usize,
}

/// Splits a script. A `;` within quotes, dollar quotes and comments does not count.
pub(crate) fn split(script: &str) -> R<Vec<Piece<'_>>> {
    let starts: Vec<usize> =
        std::iter::once(0).chain(script.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let offset = |line: u64, column: u64| {
        let start = starts.get(line as usize - 1).copied().unwrap_or(script.len());
        let rest = &script[start..];
        start + rest.char_indices().nth(column as usize - 1).map_or(rest.len(), |(at, _)| at)
    };
    let mut pieces = vec![];
    let mut open: Option<(usize, usize)> = None;
    for token in tokenize(script)? {
        let begin = token.span.start;
        match token.token {
            Token::SemiColon => {
                if let Some((from, line)) = open.take() {
                    pieces.push(Piece {
                        text: &script[from..offset(begin.line, begin.column)],
                        line,
                    });
                }
            }
            Token::Whitespace(_) | Token::EOF => {}
            _ if open.is_none() => {
                open = Some((offset(begin.line, begin.column), begin.line as usize))
            }
            _ => {}
        }
    }
    if let Some((from, line)) = open {
        pieces.push(Piece { text: &script[from..], line });
    }
    Ok(pieces)
}
