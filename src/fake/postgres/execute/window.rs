//! Window functions.

use std::cmp::Ordering;

use super::super::errors::{R, fail, internal, pg};
use super::super::parse::ast::{Exclusion, Frame, FrameBound, FrameUnit};
use super::super::plan::{AggregateCall, Expr, Extras, Window, WindowCall, WindowFunction};
use super::super::types::datetime::DAY;
use super::super::types::numeric::Decimal;
use super::super::types::{Datum, Row};
use super::aggregate::Value;
use super::eval::{eval, holds};
use super::sort::key_order;
use super::{Cx, Frame as Around};

/// A row with what its windows have given so far.
struct Item {
    row: Row,
    keys: Vec<Datum>,
    values: Vec<Datum>,
}

/// The rows with one column more for each call, in the order in which the windows leave them.
pub(super) fn compute(
    extras: &Extras,
    rows: Vec<Row>,
    outer: Option<&Around<'_>>,
    cx: &mut Cx<'_>,
) -> R<Vec<Row>> {
    let width = extras.calls.len();
    let mut items: Vec<Item> = rows
        .into_iter()
        .map(|row| Item { row, keys: vec![], values: vec![Datum::Null; width] })
        .collect();
    for (place, window) in extras.windows.iter().enumerate() {
        arrange(&mut items, window, outer, cx)?;
        let mut start = 0;
        while start < items.len() {
            let same = |item: &Item| {
                let keys = item.keys.iter().zip(&items[start].keys).take(window.partition.len());
                keys.map(|(a, b)| a.order(b)).all(Ordering::is_eq)
            };
            let end = (start + 1..items.len()).find(|i| !same(&items[*i])).unwrap_or(items.len());
            for (number, call) in extras.calls.iter().enumerate().filter(|(_, c)| c.window == place)
            {
                let partition = Partition::of(&items[start..end], window);
                let values = partition.call(call, outer, cx)?;
                for (item, value) in items[start..end].iter_mut().zip(values) {
                    item.values[number] = value;
                }
            }
            start = end;
        }
    }
    Ok(items
        .into_iter()
        .map(|item| item.row.iter().cloned().chain(item.values).collect())
        .collect())
}

/// Sorts by partition, then in the window's order.
fn arrange(
    items: &mut [Item],
    window: &Window,
    outer: Option<&Around<'_>>,
    cx: &mut Cx<'_>,
) -> R<()> {
    let ordered = window.order.iter().map(|(expr, ..)| expr);
    let exprs: Vec<&Expr> = window.partition.iter().chain(ordered).collect();
    for item in items.iter_mut() {
        let frame = Around { row: &item.row, outer };
        item.keys = exprs.iter().map(|expr| eval(expr, &frame, cx)).collect::<R<_>>()?;
    }
    let kinds: Vec<(bool, bool)> = window
        .partition
        .iter()
        .map(|_| (false, false))
        .chain(window.order.iter().map(|(_, descending, nulls_first)| (*descending, *nulls_first)))
        .collect();
    items.sort_by(|a, b| {
        let keys = a.keys.iter().zip(&b.keys).zip(&kinds);
        keys.map(|((a, b), (descending, nulls_first))| key_order(a, b, *descending, *nulls_first))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    });
    Ok(())
}

/// The rows of one partition, and where peers begin and end.
struct Partition<'i> {
    items: &'i [Item],
    /// For each row: its group of peers.
    group: Vec<usize>,
    /// For each group: its first row, and the row after its last.
    groups: Vec<(usize, usize)>,
    /// The only sort key: its place, descending, nulls first.
    key: Option<(usize, bool, bool)>,
}

/// A bound of the frame, with its offset computed.
type Limit = FrameBound<Datum>;

impl<'i> Partition<'i> {
    fn of(items: &'i [Item], window: &Window) -> Partition<'i> {
        let first = window.partition.len();
        let mut group = Vec::with_capacity(items.len());
        let mut groups: Vec<(usize, usize)> = vec![];
        for (place, item) in items.iter().enumerate() {
            let peer = place > 0
                && item.keys[first..]
                    .iter()
                    .zip(&items[place - 1].keys[first..])
                    .all(|(a, b)| a.order(b).is_eq());
            match groups.last_mut() {
                Some(last) if peer => last.1 = place + 1,
                _ => groups.push((place, place + 1)),
            }
            group.push(groups.len() - 1);
        }
        let key = match &window.order[..] {
            [(_, descending, nulls_first)] => Some((first, *descending, *nulls_first)),
            _ => None,
        };
        Partition { items, group, groups, key }
    }

    fn call(
        &self,
        call: &WindowCall,
        outer: Option<&Around<'_>>,
        cx: &mut Cx<'_>,
    ) -> R<Vec<Datum>> {
        use WindowFunction as F;
        let count = self.items.len();
        let peers = |row: usize| self.groups[self.group[row]];
        let rows = 0..count;
        Ok(match &call.function {
            F::RowNumber => rows.map(|i| Datum::Int(i as i64 + 1)).collect(),
            F::Rank => rows.map(|i| Datum::Int(peers(i).0 as i64 + 1)).collect(),
            F::DenseRank => rows.map(|i| Datum::Int(self.group[i] as i64 + 1)).collect(),
            F::PercentRank => rows
                .map(|i| match count {
                    1 => Datum::Float(0.0),
                    _ => Datum::Float(peers(i).0 as f64 / (count - 1) as f64),
                })
                .collect(),
            F::CumeDist => rows.map(|i| Datum::Float(peers(i).1 as f64 / count as f64)).collect(),
            F::Ntile => self.tiles(self.column(&call.args[0], outer, cx)?)?,
            F::Lag | F::Lead => self.neighbours(call, outer, cx)?,
            F::FirstValue | F::LastValue | F::NthValue => self.nth(call, outer, cx)?,
            F::Aggregate(aggregate) => self.aggregate(aggregate, &call.frame, outer, cx)?,
        })
    }

    /// The expression's value for every row.
    fn column(&self, expr: &Expr, outer: Option<&Around<'_>>, cx: &mut Cx<'_>) -> R<Vec<Datum>> {
        self.items.iter().map(|item| eval(expr, &Around { row: &item.row, outer }, cx)).collect()
    }

    fn tiles(&self, buckets: Vec<Datum>) -> R<Vec<Datum>> {
        let count = self.items.len();
        let Some(Datum::Int(buckets)) = buckets.into_iter().next() else {
            return Ok(vec![Datum::Null; count]);
        };
        if buckets <= 0 {
            return fail("22014", "argument of ntile must be greater than zero");
        }
        // The first `larger` buckets have one row more than the others.
        let (size, larger) = (count as i64 / buckets, count as i64 % buckets);
        Ok((0..count as i64)
            .map(|row| {
                let long = larger * (size + 1);
                let bucket =
                    if row < long { row / (size + 1) } else { larger + (row - long) / size.max(1) };
                Datum::Int(bucket + 1)
            })
            .collect())
    }

    fn neighbours(
        &self,
        call: &WindowCall,
        outer: Option<&Around<'_>>,
        cx: &mut Cx<'_>,
    ) -> R<Vec<Datum>> {
        let values = self.column(&call.args[0], outer, cx)?;
        let offsets = call.args.get(1).map(|e| self.column(e, outer, cx)).transpose()?;
        let defaults = call.args.get(2).map(|e| self.column(e, outer, cx)).transpose()?;
        let back = call.function == WindowFunction::Lag;
        Ok((0..values.len())
            .map(|row| {
                let offset = match offsets.as_ref().map(|list| &list[row]) {
                    None => 1,
                    Some(Datum::Int(offset)) => *offset,
                    Some(_) => return Datum::Null,
                };
                let at = row as i64 + if back { -offset } else { offset };
                match usize::try_from(at).ok().and_then(|at| values.get(at)) {
                    Some(value) => value.clone(),
                    None => defaults.as_ref().map_or(Datum::Null, |list| list[row].clone()),
                }
            })
            .collect())
    }

    fn nth(&self, call: &WindowCall, outer: Option<&Around<'_>>, cx: &mut Cx<'_>) -> R<Vec<Datum>> {
        let values = self.column(&call.args[0], outer, cx)?;
        let places = call.args.get(1).map(|e| self.column(e, outer, cx)).transpose()?;
        let (start, end) = self.limits(&call.frame, outer, cx)?;
        let mut out = Vec::with_capacity(values.len());
        for row in 0..values.len() {
            let (low, high) = self.frame(call.frame.unit, &start, &end, row)?;
            if call.frame.exclude != Exclusion::Nothing {
                let kept = self.kept(call.frame.exclude, row, low..high);
                let place = places.as_ref().map(|list| &list[row]);
                let at = chosen(&call.function, place, &kept)?;
                out.push(at.and_then(|at| values.get(at)).cloned().unwrap_or_default());
                continue;
            }
            let at = match (&call.function, places.as_ref().map(|list| &list[row])) {
                (WindowFunction::FirstValue, _) => Some(low),
                (WindowFunction::LastValue, _) => high.checked_sub(1),
                (_, Some(Datum::Int(place))) if *place <= 0 => {
                    return fail("22016", "argument of nth_value must be greater than zero");
                }
                (_, Some(Datum::Int(place))) => Some(low + *place as usize - 1),
                _ => None,
            };
            let value = at.filter(|at| (low..high).contains(at)).and_then(|at| values.get(at));
            out.push(value.cloned().unwrap_or_default());
        }
        Ok(out)
    }

    fn aggregate(
        &self,
        call: &AggregateCall,
        frame: &Frame<Expr>,
        outer: Option<&Around<'_>>,
        cx: &mut Cx<'_>,
    ) -> R<Vec<Datum>> {
        // `None` for a row that FILTER leaves out.
        let mut inputs = Vec::with_capacity(self.items.len());
        for item in self.items {
            let around = Around { row: &item.row, outer };
            inputs.push(if holds(&call.filter, &around, cx)? {
                Some(call.args.iter().map(|arg| eval(arg, &around, cx)).collect::<R<Vec<_>>>()?)
            } else {
                None
            });
        }
        let (start, end) = self.limits(frame, outer, cx)?;
        let mut out = Vec::with_capacity(inputs.len());
        let (mut value, mut from, mut to) = (Value::Empty, 0, 0);
        for row in 0..inputs.len() {
            let (low, high) = self.frame(frame.unit, &start, &end, row)?;
            if frame.exclude != Exclusion::Nothing {
                let mut value = Value::Empty;
                for at in self.kept(frame.exclude, row, low..high) {
                    if let Some(input) = &inputs[at] {
                        value.add(call, input.clone())?;
                    }
                }
                out.push(value.finish(call)?);
                continue;
            }
            // A frame that only grew goes on from the one before.
            if low != from || high < to {
                (value, from, to) = (Value::Empty, low, low);
            }
            for input in inputs[to..high.max(to)].iter().flatten() {
                value.add(call, input.clone())?;
            }
            to = high.max(to);
            out.push(value.clone().finish(call)?);
        }
        Ok(out)
    }

    /// The rows of a frame that EXCLUDE leaves.
    fn kept(&self, exclude: Exclusion, row: usize, frame: std::ops::Range<usize>) -> Vec<usize> {
        let peer = |at: usize| self.group[at] == self.group[row];
        frame
            .filter(|at| match exclude {
                Exclusion::Nothing => true,
                Exclusion::CurrentRow => *at != row,
                Exclusion::Group => !peer(*at),
                Exclusion::Ties => *at == row || !peer(*at),
            })
            .collect()
    }

    fn limits(
        &self,
        frame: &Frame<Expr>,
        outer: Option<&Around<'_>>,
        cx: &mut Cx<'_>,
    ) -> R<(Limit, Limit)> {
        let mut limit = |bound: &FrameBound<Expr>, which: &str| -> R<Limit> {
            let mut offset = |expr: &Expr| -> R<Datum> {
                let value = eval(expr, &Around { row: &[], outer }, cx)?;
                let negative = match &value {
                    Datum::Null => {
                        return fail("22004", format!("frame {which} offset must not be null"));
                    }
                    Datum::Int(v) => *v < 0,
                    Datum::Float(v) => *v < 0.0 || v.is_nan(),
                    Datum::Numeric(v) => v.sign() < 0 || v.is_nan(),
                    Datum::Interval(v) => v.span() < 0,
                    _ => false,
                };
                if negative && frame.unit == FrameUnit::Range {
                    return fail("22013", "invalid preceding or following size in window function");
                }
                if negative {
                    return fail("22013", format!("frame {which} offset must not be negative"));
                }
                Ok(value)
            };
            Ok(match bound {
                FrameBound::UnboundedPreceding => FrameBound::UnboundedPreceding,
                FrameBound::Preceding(expr) => FrameBound::Preceding(offset(expr)?),
                FrameBound::CurrentRow => FrameBound::CurrentRow,
                FrameBound::Following(expr) => FrameBound::Following(offset(expr)?),
                FrameBound::UnboundedFollowing => FrameBound::UnboundedFollowing,
            })
        };
        Ok((limit(&frame.start, "starting")?, limit(&frame.end, "ending")?))
    }

    /// The first row of the frame, and the one after its last; nothing if they meet.
    fn frame(&self, unit: FrameUnit, start: &Limit, end: &Limit, row: usize) -> R<(usize, usize)> {
        let low = self.bound(unit, start, row, false)?;
        let high = self.bound(unit, end, row, true)?;
        Ok((low, high.max(low)))
    }

    fn bound(&self, unit: FrameUnit, limit: &Limit, row: usize, end: bool) -> R<usize> {
        let count = self.items.len();
        let (offset, back) = match limit {
            FrameBound::UnboundedPreceding => return Ok(0),
            FrameBound::UnboundedFollowing => return Ok(count),
            FrameBound::CurrentRow => {
                let peers = self.groups[self.group[row]];
                return Ok(match (unit, end) {
                    (FrameUnit::Rows, false) => row,
                    (FrameUnit::Rows, true) => row + 1,
                    (_, false) => peers.0,
                    (_, true) => peers.1,
                });
            }
            FrameBound::Preceding(offset) => (offset, true),
            FrameBound::Following(offset) => (offset, false),
        };
        if unit == FrameUnit::Range {
            return self.range_bound(offset, back, row, end);
        }
        let Datum::Int(offset) = offset else { return Err(internal("the offset of a frame")) };
        let moved = |at: usize| {
            let at = at as i128 + if back { -i128::from(*offset) } else { i128::from(*offset) };
            at + i128::from(end)
        };
        Ok(match unit {
            FrameUnit::Groups => {
                let at = moved(self.group[row]);
                if at < 0 { 0 } else { self.groups.get(at as usize).map_or(count, |group| group.0) }
            }
            _ => moved(row).clamp(0, count as i128) as usize,
        })
    }

    /// The first row that is not before (with `end`: that is after) the current key moved by the offset.
    fn range_bound(&self, offset: &Datum, back: bool, row: usize, end: bool) -> R<usize> {
        let Some((place, descending, nulls_first)) = self.key else {
            return Err(internal("RANGE without a key"));
        };
        let key = |row: usize| moment(&self.items[row].keys[place]);
        let current = key(row);
        if current.is_null() {
            let peers = self.groups[self.group[row]];
            return Ok(if end { peers.1 } else { peers.0 });
        }
        let limit = moved(&current, offset, back != descending)?;
        let count = self.items.len();
        for at in 0..count {
            let order = match (key(at), nulls_first) {
                (Datum::Null, true) => Ordering::Less,
                (Datum::Null, false) => Ordering::Greater,
                (value, _) if descending => limit.order(&value),
                (value, _) => value.order(&limit),
            };
            if order.is_gt() || (order.is_eq() && !end) {
                return Ok(at);
            }
        }
        Ok(count)
    }
}

/// The row of a frame that `first_value` and its kin mean.
fn chosen(function: &WindowFunction, place: Option<&Datum>, kept: &[usize]) -> R<Option<usize>> {
    Ok(match (function, place) {
        (WindowFunction::FirstValue, _) => kept.first().copied(),
        (WindowFunction::LastValue, _) => kept.last().copied(),
        (_, Some(Datum::Int(place))) if *place <= 0 => {
            return fail("22016", "argument of nth_value must be greater than zero");
        }
        (_, Some(Datum::Int(place))) => kept.get(*place as usize - 1).copied(),
        _ => None,
    })
}

/// Dates compare as moments.
fn moment(key: &Datum) -> Datum {
    match key {
        Datum::Date(i32::MAX) => Datum::Timestamp(i64::MAX),
        Datum::Date(i32::MIN) => Datum::Timestamp(i64::MIN),
        Datum::Date(days) => Datum::Timestamp(i64::from(*days) * DAY),
        other => other.clone(),
    }
}

fn moved(key: &Datum, offset: &Datum, back: bool) -> R<Datum> {
    Ok(match (key, offset) {
        (Datum::Int(key), Datum::Int(offset)) => {
            Datum::Int(if back { key.saturating_sub(*offset) } else { key.saturating_add(*offset) })
        }
        (Datum::Float(key), Datum::Float(offset)) => {
            Datum::Float(if back { key - offset } else { key + offset })
        }
        (Datum::Numeric(key), Datum::Numeric(offset)) => {
            let moved: Decimal = if back { key.sub(offset) } else { key.add(offset) };
            Datum::decimal(moved)
        }
        (Datum::Timestamp(key), Datum::Interval(offset)) => {
            let span = if back { offset.negated()? } else { *offset };
            Datum::Timestamp(span.after(*key, None)?)
        }
        (Datum::Time(key), Datum::Interval(offset)) => Datum::Time(if back {
            key.saturating_sub(offset.micros)
        } else {
            key.saturating_add(offset.micros)
        }),
        (Datum::TimeTz(key, west), Datum::Interval(offset)) => Datum::TimeTz(
            if back {
                key.saturating_sub(offset.micros)
            } else {
                key.saturating_add(offset.micros)
            },
            *west,
        ),
        (Datum::Interval(key), Datum::Interval(offset)) => {
            Datum::Interval(if back { key.minus(*offset)? } else { key.plus(*offset)? })
        }
        _ => return Err(pg("XX000", "internal error: the types of a RANGE frame")),
    })
}
