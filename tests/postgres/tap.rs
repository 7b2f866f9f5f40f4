//! Listens to what the server sends, on its way to the client: the client library keeps command tags,
//! type numbers and the text of values to itself, and these are what a script shows.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// What the server sent, as far as a script shows it.
#[derive(Clone, Debug)]
pub(crate) enum Message {
    Columns(Vec<(String, u32)>),
    Row(Vec<Option<String>>),
    Complete(String),
    /// An error, notice or warning: fields by their letter.
    Report {
        error: bool,
        fields: Vec<(u8, String)>,
    },
}

/// What was heard so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heard(Arc<Mutex<VecDeque<Message>>>);

impl Heard {
    /// Takes all of it.
    pub(crate) fn take(&self) -> Vec<Message> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).drain(..).collect()
    }

    fn push(&self, message: Message) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_back(message);
    }
}

/// A connection with a listener.
pub(crate) struct Tap<S> {
    stream: S,
    pending: Vec<u8>,
    heard: Heard,
}

impl<S> Tap<S> {
    pub(crate) fn new(stream: S, heard: Heard) -> Tap<S> {
        Tap { stream, pending: Vec::new(), heard }
    }

    /// Takes the whole messages off what has come: a letter, a length that counts itself, a body.
    fn listen(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
        let mut at = 0;
        while let Some(length) = self.pending.get(at + 1..at + 5) {
            let end =
                at + 1 + u32::from_be_bytes([length[0], length[1], length[2], length[3]]) as usize;
            let Some(body) = self.pending.get(at + 5..end) else { break };
            if let Some(message) = parse(self.pending[at], body) {
                self.heard.push(message);
            }
            at = end;
        }
        self.pending.drain(..at);
    }
}

fn parse(letter: u8, body: &[u8]) -> Option<Message> {
    let mut body = Body(body);
    match letter {
        b'T' => {
            let count = body.int(2)?;
            let column = |body: &mut Body| {
                let name = body.text()?;
                body.int(4)?;
                body.int(2)?;
                let ty = body.int(4)?;
                body.int(2)?;
                body.int(4)?;
                body.int(2)?;
                Some((name, ty))
            };
            (0..count).map(|_| column(&mut body)).collect::<Option<_>>().map(Message::Columns)
        }
        b'D' => {
            let count = body.int(2)?;
            let value = |body: &mut Body| match body.int(4)? {
                u32::MAX => Some(None),
                length => {
                    Some(Some(String::from_utf8_lossy(body.bytes(length as usize)?).into_owned()))
                }
            };
            (0..count).map(|_| value(&mut body)).collect::<Option<_>>().map(Message::Row)
        }
        b'C' => body.text().map(Message::Complete),
        b'I' => Some(Message::Complete("(empty query)".to_owned())),
        b'E' | b'N' => {
            let mut fields = Vec::new();
            while let Some(field) = body.bytes(1).map(|b| b[0]).filter(|field| *field != 0) {
                fields.push((field, body.text()?));
            }
            Some(Message::Report { error: letter == b'E', fields })
        }
        _ => None,
    }
}

struct Body<'a>(&'a [u8]);

impl<'a> Body<'a> {
    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    fn int(&mut self, length: usize) -> Option<u32> {
        Some(self.bytes(length)?.iter().fold(0, |sum, byte| (sum << 8) | u32::from(*byte)))
    }

    fn text(&mut self) -> Option<String> {
        let end = self.0.iter().position(|byte| *byte == 0)?;
        let text = String::from_utf8_lossy(self.bytes(end)?).into_owned();
        self.bytes(1)?;
        Some(text)
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Tap<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(cx, buf);
        if let Poll::Ready(Ok(())) = polled {
            let heard = buf.filled()[before..].to_vec();
            self.listen(&heard);
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Tap<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
