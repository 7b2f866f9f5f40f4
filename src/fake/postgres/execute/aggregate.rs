//! GROUP BY and aggregates.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::errors::{R, fail, internal};
use super::super::functions::{average, json_object_text, sum_floats};
use super::super::plan::{Aggregate, AggregateCall, Aggregation, Expr, From, Place, Statistic};
use super::super::types::datum::{GroupKey, rows_order};
use super::super::types::interval::Interval;
use super::super::types::json::Json;
use super::super::types::numeric::Decimal;
use super::super::types::{Datum, Row, Type};
use super::eval::{eval, eval_all, holds};
use super::hashed::{self, Method};
use super::sort::key_order;
use super::statistics::{Exact, Floats, continuous, discrete, mode};
use super::{Cx, Frame};

/// Collects rows into groups, which come in the order in which they were first seen.
pub(super) struct Groups<'p> {
    plan: &'p Aggregation,
    /// The keys that the grouping set has; all, if `None`.
    set: Option<&'p [usize]>,
    places: BTreeMap<GroupKey, usize>,
    groups: Vec<(Vec<Datum>, Vec<State>)>,
    /// The last row began a group.
    last_is_new: bool,
}

struct State {
    value: Value,
    seen: BTreeSet<GroupKey>,
    /// Inputs that ORDER BY has yet to arrange: sort keys, then arguments.
    waiting: Vec<(Vec<Datum>, Vec<Datum>)>,
}

#[derive(Clone)]
pub(super) enum Value {
    Empty,
    Count(i64),
    /// Of integers, exact: their number and sum.
    Integers(i64, i128),
    Numerics(i64, Decimal),
    Floats(i64, f64),
    Intervals(i64, Interval),
    Best(Datum),
    Text(String),
    List(Vec<Datum>),
    Pairs(Vec<(Arc<str>, Datum)>),
    Exact(Exact),
    Moments(Floats),
    /// The fraction, and the values in order.
    Ordered(Datum, Vec<Datum>),
    Placed(Placed),
}

/// Where a row would be among those of the group.
#[derive(Clone, Default)]
pub(super) struct Placed {
    rows: i64,
    before: i64,
    peers: i64,
    /// Different keys before it.
    distinct: BTreeSet<GroupKey>,
}

impl Placed {
    fn add(&mut self, call: &AggregateCall, mut keys: Vec<Datum>) {
        let values = keys.split_off(keys.len() / 2);
        let order = keys.iter().zip(&values).zip(&call.order);
        let order = order
            .map(|((key, value), (_, descending, nulls_first))| {
                key_order(key, value, *descending, *nulls_first)
            })
            .find(|order| order.is_ne());
        self.rows += 1;
        match order {
            Some(std::cmp::Ordering::Less) => {
                self.before += 1;
                self.distinct.insert(GroupKey(keys));
            }
            Some(_) => {}
            None => self.peers += 1,
        }
    }

    fn finish(&self, place: Place) -> Datum {
        match place {
            Place::Rank => Datum::Int(self.before + 1),
            Place::DenseRank => Datum::Int(self.distinct.len() as i64 + 1),
            Place::PercentRank if self.rows == 0 => Datum::Float(0.0),
            Place::PercentRank => Datum::Float(self.before as f64 / self.rows as f64),
            Place::CumeDist => {
                Datum::Float((self.before + self.peers + 1) as f64 / (self.rows + 1) as f64)
            }
        }
    }
}

impl<'p> Groups<'p> {
    pub(super) fn new(plan: &'p Aggregation) -> Groups<'p> {
        let mut groups = Groups::empty(plan, None);
        // Without GROUP BY there is one group, even of no rows.
        if plan.groups.is_empty() {
            groups.group(vec![]);
        }
        groups
    }

    fn empty(plan: &'p Aggregation, set: Option<&'p [usize]>) -> Groups<'p> {
        Groups { plan, set, places: BTreeMap::new(), groups: vec![], last_is_new: false }
    }

    /// The groups of one grouping set.
    pub(super) fn of_set(plan: &'p Aggregation, set: &'p [usize]) -> Groups<'p> {
        let mut groups = Groups::empty(plan, Some(set));
        if set.is_empty() {
            groups.group(vec![Datum::Null; plan.groups.len()]);
        }
        groups
    }

    /// True if some set has the key: others follow from a primary key that every set has.
    fn is_key(&self, key: usize) -> bool {
        self.plan.sets.iter().flatten().flatten().any(|known| *known == key)
    }

    fn has(&self, key: usize) -> bool {
        self.set.is_none_or(|set| set.contains(&key))
    }

    fn group(&mut self, key: Vec<Datum>) -> usize {
        if self.plan.groups.is_empty() && !self.groups.is_empty() {
            return 0;
        }
        if let Some(place) = self.places.get(&GroupKey(key.clone())) {
            return *place;
        }
        let states = self
            .plan
            .calls
            .iter()
            .map(|_| State { value: Value::Empty, seen: BTreeSet::new(), waiting: vec![] })
            .collect();
        self.places.insert(GroupKey(key.clone()), self.groups.len());
        self.groups.push((key, states));
        self.groups.len() - 1
    }

    pub(super) fn add(
        &mut self,
        row: &[Datum],
        outer: Option<&Frame<'_>>,
        cx: &mut Cx<'_>,
    ) -> R<()> {
        let frame = Frame { row, outer };
        let mut key = Vec::with_capacity(self.plan.groups.len());
        for (place, group) in self.plan.groups.iter().enumerate() {
            key.push(if self.has(place) || !self.is_key(place) {
                eval(group, &frame, cx)?
            } else {
                Datum::Null
            });
        }
        let known = self.groups.len();
        let place = self.group(key);
        self.last_is_new = self.groups.len() > known;
        let plan = self.plan;
        for (call, state) in plan.calls.iter().zip(&mut self.groups[place].1) {
            if !holds(&call.filter, &frame, cx)? {
                continue;
            }
            if call.order.is_empty() && !call.distinct && state.value.takes_one(call) {
                let first = call.args.first().map(|arg| eval(arg, &frame, cx)).transpose()?;
                state.value.add_one(call.kind, first.unwrap_or_default())?;
                continue;
            }
            let args = call.args.iter().map(|arg| eval(arg, &frame, cx)).collect::<R<Vec<_>>>()?;
            if call.distinct && !state.seen.insert(GroupKey(args.clone())) {
                continue;
            }
            // Distinct inputs are sorted, as PostgreSQL does to find them.
            if call.order.is_empty() && call.distinct {
                state.waiting.push((args.clone(), args));
            } else if call.order.is_empty() {
                state.value.add(call, args)?;
            } else {
                let keys = call
                    .order
                    .iter()
                    .map(|(key, ..)| eval(key, &frame, cx))
                    .collect::<R<Vec<_>>>()?;
                state.waiting.push((keys, args));
            }
        }
        Ok(())
    }

    /// The place of the grouping set among others: the whole, then those of most keys.
    pub(super) fn rank(&self) -> (bool, std::cmp::Reverse<usize>) {
        let keys = self.set.map_or(0, <[usize]>::len);
        (keys > 0, std::cmp::Reverse(keys))
    }

    /// Puts the groups into the order in which PostgreSQL finds them: of so many rows of `from`.
    pub(super) fn arrange(&mut self, from: &From, rows: usize, cx: &Cx<'_>) {
        if self.groups.len() < 2 {
            return;
        }
        let order = if self.plan.sorts() {
            Some(hashed::sorted_order(self.groups.iter().map(|(key, _)| &key[..])))
        } else {
            let all: Vec<usize> = (0..self.plan.groups.len()).collect();
            let set = self.set.unwrap_or(&all);
            let exprs: Vec<&Expr> = set.iter().map(|key| &self.plan.groups[*key]).collect();
            let expected = hashed::expected(from, &exprs, rows, cx);
            let keys = self.groups.iter().map(|(key, _)| set.iter().map(|place| &key[*place]));
            match expected.grouping() {
                Method::Sort if self.set.is_none() => {
                    Some(hashed::sorted_order(self.groups.iter().map(|(key, _)| &key[..])))
                }
                _ => hashed::order(keys, expected.groups, !self.last_is_new),
            }
        };
        if let Some(order) = order {
            self.groups = hashed::arrange(std::mem::take(&mut self.groups), &order);
        }
    }

    /// The groups' rows that HAVING lets through.
    pub(super) fn finish(self, outer: Option<&Frame<'_>>, cx: &mut Cx<'_>) -> R<Vec<Row>> {
        let mut rows = vec![];
        for (mut row, states) in self.groups {
            for (call, mut state) in self.plan.calls.iter().zip(states) {
                state.waiting.sort_by(|(a, _), (b, _)| {
                    if call.order.is_empty() {
                        return rows_order(a, b);
                    }
                    let keys = a.iter().zip(b).zip(&call.order);
                    keys.map(|((a, b), (_, descending, nulls_first))| {
                        key_order(a, b, *descending, *nulls_first)
                    })
                    .find(|order| order.is_ne())
                    .unwrap_or(std::cmp::Ordering::Equal)
                });
                for (_, args) in std::mem::take(&mut state.waiting) {
                    state.value.add(call, args)?;
                }
                row.push(if call.kind == Aggregate::Grouping {
                    grouping(call, self.set)
                } else {
                    state.value.finish(call)?
                });
            }
            let row: Row = row.into();
            if holds(&self.plan.having, &Frame { row: &row, outer }, cx)? {
                rows.push(row);
            }
        }
        Ok(rows)
    }
}

/// A bit for each key that the set does not have.
fn grouping(call: &AggregateCall, set: Option<&[usize]>) -> Datum {
    let mut bits = 0;
    for arg in &call.args {
        let grouped = match (arg, set) {
            (Expr::Const(Datum::Int(key)), Some(set)) => set.contains(&(*key as usize)),
            _ => true,
        };
        bits = bits << 1 | i64::from(!grouped);
    }
    Datum::Int(bits)
}

impl Value {
    pub(super) fn add(&mut self, call: &AggregateCall, mut args: Vec<Datum>) -> R<()> {
        let first = args.first().cloned().unwrap_or_default();
        let keeps_nulls = matches!(
            call.kind,
            Aggregate::CountRows
                | Aggregate::ArrayAgg
                | Aggregate::JsonAgg
                | Aggregate::JsonObjectAgg
                | Aggregate::Hypothetical(_)
        );
        if first.is_null() && !keeps_nulls {
            return Ok(());
        }
        match call.kind {
            Aggregate::BitAnd | Aggregate::BitOr | Aggregate::BitXor => {
                let bits = first.as_int().unwrap_or(0);
                let joined = match (&self, call.kind) {
                    (Value::Best(Datum::Int(known)), Aggregate::BitAnd) => known & bits,
                    (Value::Best(Datum::Int(known)), Aggregate::BitOr) => known | bits,
                    (Value::Best(Datum::Int(known)), _) => known ^ bits,
                    _ => bits,
                };
                *self = Value::Best(Datum::Int(joined));
            }
            Aggregate::Statistic(_) => match (first, args.get(1)) {
                (Datum::Float(y), x) => {
                    let (x, pair) = match x {
                        Some(Datum::Float(x)) => (*x, true),
                        Some(_) => return Ok(()),
                        None => (0.0, false),
                    };
                    if !matches!(self, Value::Moments(_)) {
                        *self = Value::Moments(Floats::default());
                    }
                    if let Value::Moments(moments) = self {
                        moments.add(y, x, pair);
                    }
                }
                (value, _) => {
                    if !matches!(self, Value::Exact(_)) {
                        *self = Value::Exact(Exact::new());
                    }
                    if let Value::Exact(exact) = self {
                        exact.add(&value);
                    }
                }
            },
            Aggregate::PercentileContinuous | Aggregate::PercentileDiscrete | Aggregate::Mode => {
                match self {
                    Value::Ordered(_, list) => list.push(first),
                    _ => *self = Value::Ordered(args.pop().unwrap_or_default(), vec![first]),
                }
            }
            Aggregate::Grouping => {}
            Aggregate::Hypothetical(_) => {
                if !matches!(self, Value::Placed(_)) {
                    *self = Value::Placed(Placed::default());
                }
                if let Value::Placed(placed) = self {
                    placed.add(call, args);
                }
            }
            Aggregate::CountRows
            | Aggregate::Count
            | Aggregate::Sum
            | Aggregate::Average
            | Aggregate::Minimum
            | Aggregate::Maximum => self.add_one(call.kind, first)?,
            Aggregate::BoolAnd | Aggregate::BoolOr => {
                let value = match self {
                    Value::Best(best) if call.kind == Aggregate::BoolAnd => {
                        best.is_true() && first.is_true()
                    }
                    Value::Best(best) => best.is_true() || first.is_true(),
                    _ => first.is_true(),
                };
                *self = Value::Best(Datum::Bool(value));
            }
            Aggregate::StringAgg if call.result == Type::BYTEA => {
                let mut all = match self {
                    Value::Best(Datum::Bytes(all)) => {
                        let mut all = all.to_vec();
                        if let Some(Datum::Bytes(delimiter)) = args.get(1) {
                            all.extend_from_slice(delimiter);
                        }
                        all
                    }
                    _ => vec![],
                };
                if let Datum::Bytes(more) = &first {
                    all.extend_from_slice(more);
                }
                *self = Value::Best(Datum::Bytes(Arc::new(all.into())));
            }
            Aggregate::StringAgg => {
                let text = first.as_text().unwrap_or_default();
                match self {
                    Value::Text(all) => {
                        all.push_str(args.get(1).and_then(Datum::as_text).unwrap_or_default());
                        all.push_str(text);
                    }
                    _ => *self = Value::Text(text.to_owned()),
                }
            }
            Aggregate::ArrayAgg | Aggregate::JsonAgg => match self {
                Value::List(list) => list.push(first),
                _ => *self = Value::List(vec![first]),
            },
            Aggregate::JsonObjectAgg => {
                let key: Arc<str> = match &first {
                    Datum::Json(json) => match &**json {
                        Json::String(key) => key.clone(),
                        other => other.to_string().into(),
                    },
                    _ => return fail("22023", "field name must not be null"),
                };
                let value = args.pop().unwrap_or_default();
                match self {
                    Value::Pairs(pairs) => pairs.push((key, value)),
                    _ => *self = Value::Pairs(vec![(key, value)]),
                }
            }
        }
        Ok(())
    }

    /// Whether the aggregate is one of those that need no list of arguments.
    fn takes_one(&self, call: &AggregateCall) -> bool {
        use Aggregate::{Average, Count, CountRows, Maximum, Minimum, Sum};
        let frequent = matches!(call.kind, CountRows | Count | Sum | Average | Minimum | Maximum);
        frequent && call.args.len() <= 1
    }

    fn add_one(&mut self, kind: Aggregate, value: Datum) -> R<()> {
        if value.is_null() && kind != Aggregate::CountRows {
            return Ok(());
        }
        match kind {
            Aggregate::CountRows | Aggregate::Count => match self {
                Value::Count(n) => *n += 1,
                _ => *self = Value::Count(1),
            },
            Aggregate::Minimum | Aggregate::Maximum => {
                let better = match self {
                    Value::Best(best) if kind == Aggregate::Minimum => value.order(best).is_lt(),
                    Value::Best(best) => value.order(best).is_gt(),
                    _ => true,
                };
                if better {
                    *self = Value::Best(value);
                }
            }
            _ => self.sum(value)?,
        }
        Ok(())
    }

    fn sum(&mut self, value: Datum) -> R<()> {
        if let (Value::Integers(n, sum), Datum::Int(v)) = (&mut *self, &value) {
            *n += 1;
            *sum += i128::from(*v);
            return Ok(());
        }
        *self = match (&*self, value) {
            (Value::Empty, Datum::Int(v)) => Value::Integers(1, v.into()),
            (Value::Integers(n, sum), Datum::Int(v)) => Value::Integers(n + 1, sum + i128::from(v)),
            (Value::Empty, Datum::Numeric(v)) => Value::Numerics(1, (*v).clone()),
            (Value::Numerics(n, sum), Datum::Numeric(v)) => Value::Numerics(n + 1, sum.add(&v)),
            (Value::Empty, Datum::Float(v)) => Value::Floats(1, v),
            (Value::Floats(n, sum), Datum::Float(v)) => Value::Floats(n + 1, sum_floats(*sum, v)?),
            (Value::Empty, Datum::Interval(v)) => Value::Intervals(1, v),
            (Value::Intervals(n, sum), Datum::Interval(v)) => Value::Intervals(n + 1, sum.plus(v)?),
            _ => return Err(internal("the input of sum")),
        };
        Ok(())
    }

    pub(super) fn finish(self, call: &AggregateCall) -> R<Datum> {
        let mean = call.kind == Aggregate::Average;
        Ok(match self {
            Value::Empty if matches!(call.kind, Aggregate::Count | Aggregate::CountRows) => {
                Datum::Int(0)
            }
            Value::Empty => match call.kind {
                Aggregate::Hypothetical(place) => Placed::default().finish(place),
                Aggregate::Statistic(Statistic::PairCount) => Datum::Int(0),
                _ => Datum::Null,
            },
            Value::Placed(placed) => match call.kind {
                Aggregate::Hypothetical(place) => placed.finish(place),
                _ => return Err(internal("the place of a row")),
            },
            Value::Count(n) => Datum::Int(n),
            Value::Integers(n, sum) if mean => Datum::decimal(average(&Decimal::int(sum), n)?),
            Value::Integers(_, sum) if call.result == Type::NUMERIC => {
                Datum::decimal(Decimal::int(sum))
            }
            Value::Integers(_, sum) => match i64::try_from(sum) {
                Ok(sum) => Datum::Int(sum),
                Err(_) => return fail("22003", "bigint out of range"),
            },
            Value::Numerics(n, sum) if mean => Datum::decimal(average(&sum, n)?),
            Value::Numerics(_, sum) => Datum::decimal(sum),
            Value::Floats(n, sum) if mean => Datum::Float(sum / n as f64),
            Value::Floats(_, sum) if call.result == Type::FLOAT4 => {
                Datum::Float(f64::from(sum as f32))
            }
            Value::Floats(_, sum) => Datum::Float(sum),
            Value::Intervals(n, sum) if mean => Datum::Interval(sum.times(1.0 / n as f64)?),
            Value::Intervals(_, sum) => Datum::Interval(sum),
            Value::Best(value) => value,
            Value::Exact(exact) => match call.kind {
                Aggregate::Statistic(statistic) => exact.finish(statistic)?,
                _ => return Err(internal("a statistic")),
            },
            Value::Moments(moments) => match call.kind {
                Aggregate::Statistic(statistic) => moments.finish(statistic),
                _ => return Err(internal("a statistic")),
            },
            Value::Ordered(at, list) => {
                let one = |at: &Datum| match call.kind {
                    Aggregate::PercentileContinuous => continuous(at, &list, call.input),
                    Aggregate::PercentileDiscrete => discrete(at, &list),
                    _ => Ok(mode(&list)),
                };
                match (&at, call.result.element()) {
                    (Datum::Array(several), Some(element)) => {
                        let items = several.items.iter().map(one).collect::<R<Vec<_>>>()?;
                        Datum::Array(Arc::new(several.shaped(element, items)))
                    }
                    _ => one(&at)?,
                }
            }
            Value::Text(text) => Datum::text(text),
            Value::List(items) if call.kind == Aggregate::ArrayAgg && call.input == call.result => {
                accumulated(items)?
            }
            Value::List(items) if call.kind == Aggregate::ArrayAgg => {
                Datum::array(call.input, items)
            }
            Value::List(items) if call.result == Type::JSONB => {
                Datum::Json(Arc::new(Json::Array(items.iter().map(as_json).collect())))
            }
            Value::List(items) => {
                // Rows and arrays begin a line each.
                let lines = call.input.is_row() || call.input.element().is_some();
                let parts: Vec<&str> =
                    items.iter().map(|item| item.as_text().unwrap_or("null")).collect();
                Datum::text(format!("[{}]", parts.join(if lines { ", \n " } else { ", " })))
            }
            Value::Pairs(pairs) if call.result == Type::JSONB => {
                let pairs = pairs.into_iter().map(|(key, value)| (key, as_json(&value)));
                Datum::Json(Arc::new(Json::object(pairs.collect())))
            }
            Value::Pairs(pairs) => {
                let parts =
                    pairs.iter().map(|(key, value)| (&**key, value.as_text().unwrap_or("null")));
                let text = json_object_text(parts);
                Datum::text(text.replacen('{', "{ ", 1).replace_last('}', " }"))
            }
        })
    }
}

/// An array of arrays, which must all be of one shape.
pub(super) fn accumulated(items: Vec<Datum>) -> R<Datum> {
    let Some(Datum::Array(first)) = items.first().cloned() else {
        return fail("22004", "cannot accumulate null arrays");
    };
    if first.dimensions.is_empty() {
        return fail("2202E", "cannot accumulate empty arrays");
    }
    for item in &items {
        match item {
            Datum::Array(array) if array.dimensions == first.dimensions => {}
            Datum::Array(_) => {
                return fail("2202E", "cannot accumulate arrays of different dimensionality");
            }
            _ => return fail("22004", "cannot accumulate null arrays"),
        }
    }
    super::eval::stacked(first.element, items)
}

fn as_json(value: &Datum) -> Json {
    match value {
        Datum::Json(json) => (**json).clone(),
        _ => Json::Null,
    }
}

trait ReplaceLast {
    fn replace_last(self, from: char, to: &str) -> String;
}

impl ReplaceLast for String {
    fn replace_last(mut self, from: char, to: &str) -> String {
        if let Some(at) = self.rfind(from) {
            self.replace_range(at..at + from.len_utf8(), to);
        }
        self
    }
}

/// Projects the groups' rows.
pub(super) fn project(
    rows: Vec<Row>,
    list: &Option<Vec<super::super::plan::Expr>>,
    outer: Option<&Frame<'_>>,
    cx: &mut Cx<'_>,
) -> R<Vec<Row>> {
    match list {
        None => Ok(rows),
        Some(list) => rows.iter().map(|row| eval_all(list, &Frame { row, outer }, cx)).collect(),
    }
}
