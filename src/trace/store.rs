//! How calls are kept: small, and without an allocation for each.
//!
//! Most arguments and answers are numbers, flags and short texts. They are packed into 16 bytes each;
//! the texts stand one behind the other in a buffer. What is larger is kept as it is. A [`CallRecord`]
//! is made when somebody reads the trace.

use std::sync::Arc;
use std::time::Duration;

use super::record::{CallRecord, Ended, Ruling};
use crate::context::CallId;
use crate::error::Error;
use crate::stack::{Arg, Call, Detail, Method, Outcome, Service};

/// Everything that a trace keeps.
///
/// Segments, so that recording never moves what is recorded and leaves little memory unused.
#[derive(Default)]
pub(super) struct Records {
    segments: Vec<Segment>,
    /// The number of calls.
    len: usize,
    /// Who could have called, and what; called or not.
    pub(super) nodes: Vec<Arc<str>>,
    pub(super) services: Vec<&'static Service>,
}

const SEGMENT: usize = 256;

#[derive(Default)]
struct Segment {
    calls: Vec<Option<Kept>>,
    values: Vec<Packed>,
    text: Vec<u8>,
}

/// One call. Times are nanoseconds; the largest number stands for none.
struct Kept {
    method: &'static Method,
    started: u64,
    ended: u64,
    outcome: Packed,
    ruling: Option<Box<Ruling>>,
    parent: u32,
    nth: u32,
    /// Where the arguments begin in the segment's values, and how many there are.
    args: u32,
    arity: u16,
    node: u16,
}

const NONE: u64 = u64::MAX;
const NO_PARENT: u32 = u32::MAX;

/// An argument, or an outcome.
enum Packed {
    InFlight,
    Cancelled,
    Panicked,
    Error(Error),
    Unit,
    Absent,
    Masked,
    Bool(bool),
    Int(i64),
    Float(f64),
    Nanos(u64),
    /// A part of the segment's text.
    Text(u32, u32),
    Bytes(u32, u32),
    Other(Box<Detail>),
}

/// Longer texts and bytes are kept by themselves; bytes are shared then.
const LONGEST_TEXT: usize = 1 << 16;
const LONGEST_BYTES: usize = 32;

const _: () = assert!(size_of::<Packed>() == 16 && size_of::<Option<Kept>>() <= 72);

/// An argument whose description runs the caller's code, which must not happen under the lock.
pub(super) fn describe(arg: Arg<'_>) -> Option<Box<Detail>> {
    matches!(arg, Arg::Other(_)).then(|| Box::new(arg.detail()))
}

impl Records {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Keeps that a call began; `described` holds what [`describe`] gave for its arguments, if any.
    pub(super) fn start(&mut self, call: &Call<'_>, mut described: Vec<Option<Box<Detail>>>) {
        let node = self.node(call.node);
        let place = call.id.0 as usize;
        if self.segments.len() <= place / SEGMENT {
            self.segments.resize_with(place / SEGMENT + 1, Segment::default);
        }
        let segment = &mut self.segments[place / SEGMENT];
        if segment.calls.capacity() == 0 {
            segment.calls.reserve_exact(SEGMENT);
            segment.values.reserve(SEGMENT);
            segment.text.reserve(SEGMENT * 16);
        }
        let args = segment.values.len() as u32;
        for (place, arg) in call.args.iter().enumerate() {
            let packed = match described.get_mut(place).and_then(Option::take) {
                Some(detail) => Packed::Other(detail),
                None => segment.pack(*arg),
            };
            segment.values.push(packed);
        }
        let kept = Kept {
            method: call.method,
            started: nanos(call.at),
            ended: NONE,
            outcome: Packed::InFlight,
            ruling: None,
            parent: call.parent.map_or(NO_PARENT, |parent| parent.0),
            nth: call.nth,
            args,
            arity: call.args.len() as u16,
            node,
        };
        let place = place % SEGMENT;
        if place == segment.calls.len() {
            segment.calls.push(Some(kept));
            self.len += 1;
            return;
        }
        // On several threads a later call may arrive first.
        while segment.calls.len() <= place {
            segment.calls.push(None);
        }
        self.len += usize::from(segment.calls[place].replace(kept).is_none());
    }

    pub(super) fn decide(&mut self, id: CallId, ruling: Ruling) {
        if let Some(kept) = self.kept(id) {
            kept.ruling = Some(Box::new(ruling));
        }
    }

    /// Keeps how a call ended; `described` is what [`describe`] gave for its answer.
    pub(super) fn end(
        &mut self,
        id: CallId,
        ended: Duration,
        outcome: &Outcome<'_>,
        described: Option<Box<Detail>>,
    ) {
        let place = id.0 as usize;
        let Some(segment) = self.segments.get_mut(place / SEGMENT) else { return };
        let outcome = match (described, outcome) {
            (Some(detail), _) => Packed::Other(detail),
            (None, Outcome::Ok(answer)) => segment.pack(*answer),
            (None, Outcome::Err(error)) => Packed::Error((*error).clone()),
            (None, Outcome::Cancelled) => Packed::Cancelled,
            (None, Outcome::Panicked) => Packed::Panicked,
        };
        if let Some(Some(kept)) = segment.calls.get_mut(place % SEGMENT) {
            kept.ended = nanos(ended);
            kept.outcome = outcome;
        }
    }

    fn kept(&mut self, id: CallId) -> Option<&mut Kept> {
        let place = id.0 as usize;
        self.segments.get_mut(place / SEGMENT)?.calls.get_mut(place % SEGMENT)?.as_mut()
    }

    /// The place of the node in the list, which is short.
    fn node(&mut self, name: &Arc<str>) -> u16 {
        let same = |known: &Arc<str>| Arc::ptr_eq(known, name) || **known == **name;
        let place = self.nodes.iter().position(same).unwrap_or_else(|| {
            self.nodes.push(name.clone());
            self.nodes.len() - 1
        });
        u16::try_from(place).expect("a run has less than 65536 nodes")
    }

    pub(super) fn call(&self, id: CallId) -> Option<CallRecord> {
        let place = id.0 as usize;
        let segment = self.segments.get(place / SEGMENT)?;
        let kept = segment.calls.get(place % SEGMENT)?.as_ref()?;
        Some(self.unpack(segment, id, kept))
    }

    /// All calls, in the order in which they began.
    pub(super) fn iter(&self) -> impl Iterator<Item = CallRecord> {
        self.segments.iter().enumerate().flat_map(move |(number, segment)| {
            segment.calls.iter().enumerate().filter_map(move |(place, kept)| {
                let id = CallId((number * SEGMENT + place) as u32);
                kept.as_ref().map(|kept| self.unpack(segment, id, kept))
            })
        })
    }

    fn unpack(&self, segment: &Segment, id: CallId, kept: &Kept) -> CallRecord {
        let args = kept.args as usize..kept.args as usize + usize::from(kept.arity);
        CallRecord {
            id,
            parent: (kept.parent != NO_PARENT).then_some(CallId(kept.parent)),
            nth: kept.nth,
            node: self.nodes[usize::from(kept.node)].clone(),
            method: kept.method,
            started: Duration::from_nanos(kept.started),
            ended: (kept.ended != NONE).then(|| Duration::from_nanos(kept.ended)),
            args: segment.values[args].iter().map(|value| segment.detail(value)).collect(),
            outcome: match &kept.outcome {
                Packed::InFlight => None,
                Packed::Cancelled => Some(Ended::Cancelled),
                Packed::Panicked => Some(Ended::Panicked),
                Packed::Error(error) => Some(Ended::Err(error.clone())),
                answer => Some(Ended::Ok(segment.detail(answer))),
            },
            ruling: kept.ruling.clone(),
        }
    }
}

/// Up to 584 years, which no run takes.
fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(NONE - 1)
}

impl Segment {
    fn pack(&mut self, arg: Arg<'_>) -> Packed {
        match arg {
            Arg::Unit => Packed::Unit,
            Arg::Absent => Packed::Absent,
            Arg::Masked => Packed::Masked,
            Arg::Bool(value) => Packed::Bool(value),
            Arg::Int(value) => Packed::Int(value),
            Arg::Float(value) => Packed::Float(value),
            Arg::Duration(value) if nanos(value) < NONE - 1 => Packed::Nanos(nanos(value)),
            Arg::Text(text) => match self.append(text.as_bytes(), LONGEST_TEXT) {
                Some((start, len)) => Packed::Text(start, len),
                None => Packed::Other(Box::new(arg.detail())),
            },
            Arg::Bytes(bytes) => match self.append(bytes, LONGEST_BYTES) {
                Some((start, len)) => Packed::Bytes(start, len),
                None => Packed::Other(Box::new(arg.detail())),
            },
            other => Packed::Other(Box::new(other.detail())),
        }
    }

    fn append(&mut self, bytes: &[u8], longest: usize) -> Option<(u32, u32)> {
        let start = u32::try_from(self.text.len()).ok().filter(|_| bytes.len() <= longest)?;
        self.text.extend_from_slice(bytes);
        Some((start, bytes.len() as u32))
    }

    fn bytes(&self, start: u32, len: u32) -> &[u8] {
        &self.text[start as usize..start as usize + len as usize]
    }

    fn detail(&self, packed: &Packed) -> Detail {
        match packed {
            Packed::Absent => Detail::Absent,
            Packed::Masked => Detail::Masked,
            Packed::Bool(value) => Detail::Bool(*value),
            Packed::Int(value) => Detail::Int(*value),
            Packed::Float(value) => Detail::Float(*value),
            Packed::Nanos(value) => Detail::Duration(Duration::from_nanos(*value)),
            Packed::Text(start, len) => {
                let text = std::str::from_utf8(self.bytes(*start, *len));
                Detail::Text(text.expect("a text is kept whole").into())
            }
            Packed::Bytes(start, len) => {
                Detail::Bytes(bytes::Bytes::copy_from_slice(self.bytes(*start, *len)))
            }
            Packed::Other(detail) => (**detail).clone(),
            Packed::Unit
            | Packed::InFlight
            | Packed::Cancelled
            | Packed::Panicked
            | Packed::Error(_) => Detail::Unit,
        }
    }
}
