//! How calls are kept: small, and without an allocation for each.
//!
//! Most arguments and answers are numbers, flags and short texts. They are packed into 16 bytes each;
//! the texts stand one behind the other in a buffer. What is larger is kept as it is.
//!
//! Who reads the trace shares its segments: a [`CallRecord`] unpacks what it is asked for, and nothing
//! else. A call that is recorded later finds its segment shared, and goes on in a copy.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::record::{CallRecord, Ruling};
use crate::context::CallId;
use crate::error::Error;
use crate::stack::{Arg, Call, Detail, Method, Outcome, Service};
use crate::value::{Row, Value};

/// Everything that a trace keeps.
///
/// Segments, so that recording never moves what is recorded and leaves little memory unused.
#[derive(Default)]
pub(super) struct Records {
    segments: Vec<Slot>,
    /// The number of calls.
    len: usize,
    /// Who could have called, and what; called or not.
    pub(super) nodes: Vec<Arc<str>>,
    pub(super) services: Vec<&'static Service>,
}

const SEGMENT: usize = 256;

/// A segment, and whether somebody reads it.
enum Slot {
    Own(Box<Segment>),
    Shared(Arc<Segment>),
}

impl Default for Slot {
    fn default() -> Slot {
        Slot::Own(Box::default())
    }
}

impl Slot {
    fn get(&self) -> &Segment {
        match self {
            Slot::Own(segment) => segment,
            Slot::Shared(segment) => segment,
        }
    }

    #[inline]
    fn get_mut(&mut self) -> &mut Segment {
        if let Slot::Shared(shared) = self {
            *self = Slot::own(std::mem::take(shared));
        }
        match self {
            Slot::Own(segment) => segment,
            Slot::Shared(_) => unreachable!("it has just become its own"),
        }
    }

    #[cold]
    fn own(shared: Arc<Segment>) -> Slot {
        Slot::Own(Box::new(Arc::unwrap_or_clone(shared)))
    }

    fn share(&mut self) -> Arc<Segment> {
        if let Slot::Own(own) = self {
            *self = Slot::Shared(Arc::new(std::mem::take(&mut **own)));
        }
        match self {
            Slot::Shared(segment) => segment.clone(),
            Slot::Own(_) => unreachable!("it has just been shared"),
        }
    }
}

#[derive(Clone, Default)]
pub(super) struct Segment {
    calls: Vec<Option<Kept>>,
    values: Vec<Packed>,
    text: Vec<u8>,
    /// Longer bytes, which are shared rather than copied.
    blobs: Vec<Bytes>,
    /// Parameters of statements, and rows of their answers: both shared.
    cells: Vec<Value>,
    rows: Vec<Row>,
    rulings: Vec<Ruling>,
}

/// One call. Times are nanoseconds; the largest number stands for none.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) method: &'static Method,
    started: u64,
    ended: u64,
    pub(super) outcome: Packed,
    /// The place in the segment's rulings, if it has one.
    ruling: u32,
    parent: u32,
    pub(super) nth: u32,
    /// Where the arguments begin in the segment's values, and how many there are.
    args: u32,
    arity: u16,
    node: u16,
}

const NONE: u64 = u64::MAX;
const NO_PARENT: u32 = u32::MAX;
const NO_RULING: u32 = u32::MAX;

impl Kept {
    pub(super) fn parent(&self) -> Option<CallId> {
        (self.parent != NO_PARENT).then_some(CallId(self.parent))
    }

    pub(super) fn started(&self) -> Duration {
        Duration::from_nanos(self.started)
    }

    pub(super) fn ended(&self) -> Option<Duration> {
        (self.ended != NONE).then(|| Duration::from_nanos(self.ended))
    }
}

/// An argument, or an outcome.
#[derive(Clone)]
pub(super) enum Packed {
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
    /// One of the segment's blobs.
    Blob(u32),
    /// From there on, so many.
    Values(u32, u32),
    Rows(u32, u32),
    Other(Box<Detail>),
}

/// Longer texts and bytes are kept by themselves; bytes are shared then.
const LONGEST_TEXT: usize = 1 << 16;
const LONGEST_BYTES: usize = 32;

const _: () = assert!(size_of::<Packed>() == 16 && size_of::<Option<Kept>>() <= 64);

/// An argument whose description runs the caller's code, which must not happen under the lock.
pub(super) fn describe(arg: Arg<'_>) -> Option<Box<Detail>> {
    matches!(arg, Arg::Other(_)).then(|| Box::new(arg.detail()))
}

impl Records {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Keeps that a call began.
    #[inline]
    pub(super) fn start(&mut self, call: &Call<'_>) {
        self.keep(call, |segment| {
            for arg in call.args {
                let packed = segment.pack(*arg);
                segment.values.push(packed);
            }
        });
    }

    /// Keeps that a call began; `described` holds what [`describe`] gave for each of its arguments.
    #[cold]
    pub(super) fn start_described(&mut self, call: &Call<'_>, described: Vec<Option<Box<Detail>>>) {
        self.keep(call, |segment| {
            for (arg, detail) in call.args.iter().zip(described) {
                let packed = detail.map_or_else(|| segment.pack(*arg), Packed::Other);
                segment.values.push(packed);
            }
        });
    }

    #[inline]
    fn keep(&mut self, call: &Call<'_>, pack_args: impl FnOnce(&mut Segment)) {
        let node = self.node(call.node);
        let place = call.id.0 as usize;
        if self.segments.len() <= place / SEGMENT {
            self.add_segments(place / SEGMENT + 1);
        }
        let segment = self.segments[place / SEGMENT].get_mut();
        let args = segment.values.len() as u32;
        pack_args(segment);
        let kept = Kept {
            method: call.method,
            started: nanos(call.at),
            ended: NONE,
            outcome: Packed::InFlight,
            ruling: NO_RULING,
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
        } else {
            self.len += usize::from(segment.insert(place, kept));
        }
    }

    #[cold]
    fn add_segments(&mut self, len: usize) {
        self.segments.resize_with(len, || Slot::Own(Box::new(Segment::roomy())));
    }

    pub(super) fn decide(&mut self, id: CallId, ruling: Ruling) {
        let place = id.0 as usize;
        let Some(slot) = self.segments.get_mut(place / SEGMENT) else { return };
        let Segment { calls, rulings, .. } = slot.get_mut();
        if let Some(Some(kept)) = calls.get_mut(place % SEGMENT) {
            kept.ruling = rulings.len() as u32;
            rulings.push(ruling);
        }
    }

    /// Keeps how a call ended.
    #[inline]
    pub(super) fn end(&mut self, id: CallId, ended: Duration, outcome: &Outcome<'_>) {
        self.end_with(id, ended, |segment| match outcome {
            Outcome::Ok(answer) => segment.pack(*answer),
            Outcome::Err(error) => Packed::Error((*error).clone()),
            Outcome::Cancelled => Packed::Cancelled,
            Outcome::Panicked => Packed::Panicked,
        });
    }

    /// Keeps that a call answered; `answer` is what [`describe`] gave.
    #[cold]
    pub(super) fn end_described(&mut self, id: CallId, ended: Duration, answer: Box<Detail>) {
        self.end_with(id, ended, |_| Packed::Other(answer));
    }

    #[inline]
    fn end_with(&mut self, id: CallId, ended: Duration, pack: impl FnOnce(&mut Segment) -> Packed) {
        let place = id.0 as usize;
        let Some(slot) = self.segments.get_mut(place / SEGMENT) else { return };
        let segment = slot.get_mut();
        let outcome = pack(segment);
        if let Some(Some(kept)) = segment.calls.get_mut(place % SEGMENT) {
            kept.ended = nanos(ended);
            kept.outcome = outcome;
        }
    }

    /// The place of the node in the list.
    #[inline]
    fn node(&mut self, name: &Arc<str>) -> u16 {
        match self.nodes.iter().position(|known| Arc::ptr_eq(known, name)) {
            Some(place) => place as u16,
            None => self.new_node(name),
        }
    }

    #[cold]
    fn new_node(&mut self, name: &Arc<str>) -> u16 {
        let place = self.nodes.iter().position(|known| **known == **name).unwrap_or_else(|| {
            self.nodes.push(name.clone());
            self.nodes.len() - 1
        });
        // From now on it is found by its address.
        self.nodes[place] = name.clone();
        u16::try_from(place).expect("a run has less than 65536 nodes")
    }

    pub(super) fn call(&mut self, id: CallId) -> Option<CallRecord> {
        let place = id.0 as usize;
        let slot = self.segments.get_mut(place / SEGMENT)?;
        let kept = slot.get().calls.get(place % SEGMENT)?.as_ref()?;
        let node = self.nodes[usize::from(kept.node)].clone();
        Some(CallRecord::new(slot.share(), id, node))
    }

    /// All calls, in the order in which they began.
    pub(super) fn calls(&mut self) -> Vec<CallRecord> {
        let mut calls = Vec::with_capacity(self.len);
        for (number, slot) in self.segments.iter_mut().enumerate() {
            let segment = slot.share();
            for (place, kept) in segment.calls.iter().enumerate() {
                let Some(kept) = kept else { continue };
                let id = CallId((number * SEGMENT + place) as u32);
                let node = self.nodes[usize::from(kept.node)].clone();
                calls.push(CallRecord::new(segment.clone(), id, node));
            }
        }
        calls
    }
}

/// Up to 584 years, which no run takes.
fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(NONE - 1)
}

impl Segment {
    /// With room for what most calls need.
    fn roomy() -> Segment {
        Segment {
            calls: Vec::with_capacity(SEGMENT),
            values: Vec::with_capacity(SEGMENT),
            text: Vec::with_capacity(SEGMENT * 16),
            ..Segment::default()
        }
    }

    /// Keeps a call that does not come next: on several threads a later call may arrive first. True if it
    /// was not there.
    #[cold]
    fn insert(&mut self, place: usize, kept: Kept) -> bool {
        while self.calls.len() <= place {
            self.calls.push(None);
        }
        self.calls[place].replace(kept).is_none()
    }

    /// What is kept of the call, which must be one of this segment.
    pub(super) fn call(&self, id: CallId) -> &Kept {
        let kept = self.calls.get(id.0 as usize % SEGMENT).and_then(Option::as_ref);
        kept.expect("a record is of a call that was kept")
    }

    pub(super) fn ruling(&self, kept: &Kept) -> Option<&Ruling> {
        self.rulings.get(kept.ruling as usize)
    }

    /// The packed arguments of one of its calls.
    pub(super) fn args(&self, kept: &Kept) -> &[Packed] {
        &self.values[kept.args as usize..kept.args as usize + usize::from(kept.arity)]
    }

    /// The value, if it is a text.
    pub(super) fn text<'a>(&'a self, packed: &'a Packed) -> Option<&'a str> {
        match packed {
            Packed::Text(start, len) => {
                let text = std::str::from_utf8(self.bytes(*start, *len));
                Some(text.expect("a text is kept whole"))
            }
            Packed::Other(detail) => match &**detail {
                Detail::Text(text) | Detail::Id(_, text) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    #[inline]
    fn pack(&mut self, arg: Arg<'_>) -> Packed {
        match arg {
            Arg::Unit => Packed::Unit,
            Arg::Absent => Packed::Absent,
            Arg::Text(text) => match self.append(text.as_bytes(), LONGEST_TEXT) {
                Some((start, len)) => Packed::Text(start, len),
                None => Packed::Other(Box::new(arg.detail())),
            },
            other => self.pack_other(other),
        }
    }

    fn pack_other(&mut self, arg: Arg<'_>) -> Packed {
        match arg {
            Arg::Masked => Packed::Masked,
            Arg::Bool(value) => Packed::Bool(value),
            Arg::Int(value) => Packed::Int(value),
            Arg::Float(value) => Packed::Float(value),
            Arg::Duration(value) if nanos(value) < NONE - 1 => Packed::Nanos(nanos(value)),
            Arg::Bytes(bytes) => match self.append(bytes, LONGEST_BYTES) {
                Some((start, len)) => Packed::Bytes(start, len),
                None => {
                    self.blobs.push(bytes.clone());
                    Packed::Blob((self.blobs.len() - 1) as u32)
                }
            },
            Arg::Values(values) => {
                self.cells.extend_from_slice(values);
                Packed::Values((self.cells.len() - values.len()) as u32, values.len() as u32)
            }
            Arg::Rows(rows) => {
                self.rows.extend_from_slice(rows);
                Packed::Rows((self.rows.len() - rows.len()) as u32, rows.len() as u32)
            }
            other => Packed::Other(Box::new(other.detail())),
        }
    }

    #[inline]
    fn append(&mut self, bytes: &[u8], longest: usize) -> Option<(u32, u32)> {
        let start = u32::try_from(self.text.len()).ok().filter(|_| bytes.len() <= longest)?;
        self.text.extend_from_slice(bytes);
        Some((start, bytes.len() as u32))
    }

    fn bytes(&self, start: u32, len: u32) -> &[u8] {
        &self.text[start as usize..start as usize + len as usize]
    }

    pub(super) fn detail(&self, packed: &Packed) -> Detail {
        match packed {
            Packed::Absent => Detail::Absent,
            Packed::Masked => Detail::Masked,
            Packed::Bool(value) => Detail::Bool(*value),
            Packed::Int(value) => Detail::Int(*value),
            Packed::Float(value) => Detail::Float(*value),
            Packed::Nanos(value) => Detail::Duration(Duration::from_nanos(*value)),
            Packed::Text(..) => Detail::Text(self.text(packed).unwrap_or_default().into()),
            Packed::Bytes(start, len) => {
                Detail::Bytes(Bytes::copy_from_slice(self.bytes(*start, *len)))
            }
            Packed::Blob(place) => Detail::Bytes(self.blobs[*place as usize].clone()),
            Packed::Values(start, len) => {
                Detail::Values(self.cells[*start as usize..][..*len as usize].into())
            }
            Packed::Rows(start, len) => {
                Detail::Rows(self.rows[*start as usize..][..*len as usize].into())
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
