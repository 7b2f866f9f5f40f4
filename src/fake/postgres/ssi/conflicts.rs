//! Conflicts, and the dangerous structures that they make.

use super::super::errors::{R, pg};
use super::{SerialId, Ssi};
use crate::error::Error;

/// 40001. The reason is one of PostgreSQL's.
#[cold]
pub(super) fn failure(reason: &str) -> Error {
    pg("40001", "could not serialize access due to read/write dependencies among transactions")
        .with_detail(format!("Reason code: {reason}"))
}

impl Ssi {
    /// Notes that `reader` has read what `writer` replaces. `me` is the one of the two that acts.
    pub(super) fn conflict(&mut self, reader: SerialId, writer: SerialId, me: SerialId) -> R<()> {
        if self.xacts.get(&reader).is_none_or(|reader| reader.outs.contains(&writer)) {
            return Ok(());
        }
        if self.is_dangerous(reader, writer) {
            self.refuse(writer, me)?;
        }
        if let Some(reader) = self.xacts.get_mut(&reader) {
            reader.outs.insert(writer);
        }
        if let Some(writer) = self.xacts.get_mut(&writer) {
            writer.ins.insert(reader);
        }
        Ok(())
    }

    /// Whether the conflict would complete a dangerous structure whose last transaction was the first to
    /// commit.
    fn is_dangerous(&self, reader: SerialId, writer: SerialId) -> bool {
        let (Some(r), Some(w)) = (self.xacts.get(&reader), self.xacts.get(&writer)) else {
            return false;
        };
        // The writer has committed, and has conflicts out to one that committed before.
        if w.committed.is_some() && w.earliest_out.is_some() {
            return true;
        }
        // The writer is the pivot: reader → writer → t2.
        let pivot = w.outs.iter().filter_map(|t2| self.xacts.get(t2)).any(|t2| {
            t2.prepared.is_some_and(|prepared| {
                r.committed.is_none_or(|committed| prepared <= committed)
                    && w.committed.is_none_or(|committed| prepared <= committed)
                    && (!r.read_only || prepared <= r.last_commit_before_snapshot)
            })
        });
        if pivot {
            return true;
        }
        // The reader is the pivot: t0 → reader → writer.
        let Some(prepared) = w.prepared.filter(|_| !r.read_only) else { return false };
        r.ins.iter().filter_map(|t0| self.xacts.get(t0)).any(|t0| {
            !t0.doomed
                && t0.committed.is_none_or(|committed| committed >= prepared)
                && (!t0.read_only || t0.last_commit_before_snapshot >= prepared)
        })
    }

    /// Lets the one that acts fail, or dooms the writer.
    fn refuse(&mut self, writer: SerialId, me: SerialId) -> R<()> {
        if me == writer {
            return Err(failure("Canceled on identification as a pivot, during write."));
        }
        let Some(xact) = self.xacts.get_mut(&writer) else { return Ok(()) };
        if xact.prepared.is_some() {
            let reason = format!(
                "Canceled on conflict out to pivot {}, during read.",
                xact.xid.unwrap_or(0)
            );
            return Err(failure(&reason));
        }
        xact.doomed = true;
        Ok(())
    }

    /// Before a commit: dooms pivots that it would make fatal.
    pub(super) fn prepare(&mut self, id: SerialId) -> R<()> {
        let Some(me) = self.xacts.get(&id) else { return Ok(()) };
        if me.doomed {
            return Err(failure("Canceled on identification as a pivot, during commit attempt."));
        }
        let pivots: Vec<SerialId> =
            me.ins.iter().copied().filter(|near| self.becomes_fatal(*near, id)).collect();
        for pivot in pivots {
            if let Some(pivot) = self.xacts.get_mut(&pivot) {
                pivot.doomed = true;
            }
        }
        self.seq += 1;
        let seq = self.seq;
        if let Some(me) = self.xacts.get_mut(&id) {
            me.prepared = Some(seq);
        }
        Ok(())
    }

    /// far → near → me, where `me` is about to be the first to commit.
    fn becomes_fatal(&self, near: SerialId, me: SerialId) -> bool {
        let Some(near) = self.xacts.get(&near) else { return false };
        near.committed.is_none()
            && !near.doomed
            && near.ins.iter().any(|far| {
                *far == me
                    || self
                        .xacts
                        .get(far)
                        .is_some_and(|far| far.committed.is_none() && !far.read_only && !far.doomed)
            })
    }
}
