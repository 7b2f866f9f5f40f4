//! Scripts: texts with several statements, each ended by `;`.

use super::super::errors::R;
use super::lexer::{Kind, tokenize};

/// One statement of a script.
#[derive(Debug)]
pub(crate) struct Piece<'s> {
    pub(crate) text: &'s str,
    /// Of the statement's first token, from 1.
    pub(crate) line: usize,
}

/// Splits a script. A `;` within quotes, dollar quotes and comments does not count.
pub(crate) fn split(script: &str) -> R<Vec<Piece<'_>>> {
    let tokens = tokenize(script);
    if let Some(problem) = tokens.problem {
        return Err(problem);
    }
    let mut pieces = vec![];
    let mut open: Option<(usize, usize)> = None;
    let (mut line, mut counted) = (1, 0);
    for token in tokens.list {
        let start = token.start as usize;
        match token.kind {
            Kind::Char(b';') => {
                if let Some((from, line)) = open.take() {
                    pieces.push(Piece { text: &script[from..start], line });
                }
            }
            Kind::End => {}
            _ if open.is_none() => {
                line += script[counted..start].matches('\n').count();
                counted = start;
                open = Some((start, line));
            }
            _ => {}
        }
    }
    if let Some((from, line)) = open {
        pieces.push(Piece { text: &script[from..], line });
    }
    Ok(pieces)
}
