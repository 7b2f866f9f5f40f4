//! The calls that a failure shows: those in question, and what was around them.

use std::collections::{BTreeMap, BTreeSet};

use stuntdouble::trace::{CallRecord, Trace};

use crate::judge::{Reason, ReasonKind};
use crate::leftovers::{calls, options};
use crate::stall::went_wrong;

/// A trace of so many calls is shown whole.
const WHOLE: usize = 24;
/// As many calls are shown of a longer one.
const SHOWN: usize = 24;
/// As many calls before and after one in question are shown.
const AROUND: usize = 1;
/// As many calls of one method are shown that the same rule interfered with.
const ALIKE: usize = 4;

/// A headline, and the calls as text.
pub(crate) fn of(trace: &Trace, reasons: &[Reason], colour: bool) -> (String, String) {
    let all = trace.calls();
    let options = options(colour);
    if all.is_empty() {
        return ("no call was made".to_owned(), String::new());
    }
    if all.len() <= WHOLE {
        let head =
            if all.len() == 1 { "the call".into() } else { format!("all {}", calls(all.len())) };
        return (head, trace.render_with(&options));
    }
    let places = chosen(&all, reasons);
    let shown: BTreeSet<u32> = places.iter().map(|place| all[*place].id().0).collect();
    let view = trace.filter().only("in question", |call| shown.contains(&call.id().0));
    let head = format!("{} of {}: those in question", shown.len(), calls(all.len()));
    (head, with_gaps(&view.render_with(&options), &places, all.len()))
}

/// Puts a line where calls were left out. A call's first line begins with its time, and no other does.
fn with_gaps(text: &str, places: &BTreeSet<usize>, all: usize) -> String {
    let mut out = String::new();
    let mut places = places.iter().copied();
    let mut next = 0;
    for line in text.lines() {
        if line.trim_start_matches("\x1b[2m").starts_with('+')
            && let Some(place) = places.next()
        {
            if place > next {
                out += &format!("… {}\n", calls(place - next));
            }
            next = place + 1;
        }
        out += &format!("{line}\n");
    }
    if all > next {
        out += &format!("… {}\n", calls(all - next));
    }
    out
}

/// The places of the calls to show. Calls that something interfered with, that failed or that are in
/// flight say most; then those that a reason names; then the last ones.
fn chosen(all: &[CallRecord], reasons: &[Reason]) -> BTreeSet<usize> {
    let interfered = |call: &CallRecord| call.ruling().is_some_and(|ruling| ruling.rule.is_some());
    let named = |call: &CallRecord| {
        reasons.iter().filter_map(Reason::calls).any(|pattern| call.matches(pattern))
    };
    let open = |call: &CallRecord| call.in_flight();
    let at_the_end = reasons.iter().any(|reason| {
        matches!(reason.kind(), ReasonKind::Panic | ReasonKind::Hang | ReasonKind::Outcome)
    });
    let mut places = BTreeSet::new();
    let last = all.len().saturating_sub(if at_the_end { SHOWN / 3 } else { 0 })..all.len();
    places.extend(last);
    let ranks: [&dyn Fn(&CallRecord) -> bool; 4] = [&open, &interfered, &went_wrong, &named];
    let mut alike: BTreeMap<_, usize> = BTreeMap::new();
    for rank in ranks {
        for place in (0..all.len()).filter(|place| rank(&all[*place])) {
            let rule = all[place].ruling().and_then(|ruling| ruling.rule.clone());
            let seen = alike.entry((all[place].method().to_string(), rule)).or_default();
            *seen += 1;
            if *seen > ALIKE {
                continue;
            }
            let first = place.saturating_sub(AROUND);
            let around = first..(place + AROUND + 1).min(all.len());
            let more = around.clone().filter(|place| !places.contains(place)).count();
            if places.len() + more > SHOWN {
                return places;
            }
            places.extend(around);
        }
    }
    if places.is_empty() {
        places.extend(all.len() - SHOWN / 2..all.len());
    }
    places
}
