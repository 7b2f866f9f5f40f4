//! The order in which groups come that PostgreSQL collects in a hash table: that of the table's buckets.
//!
//! How many buckets there are depends on the number of groups that the planner expects, which is estimated
//! as there, of tables that were never analyzed. What cannot be hashed here keeps the order in which groups
//! were first seen.
//!
//! Source: PostgreSQL's `simplehash` (open addressing, Robin Hood), `estimate_num_groups`, and the selectivities
//! that it assumes without statistics.

use std::collections::{BTreeMap, BTreeSet};

use super::super::catalog::Table;
use super::super::plan::{Comparison, Expr, From, Node, RelationPlace, Select, Source};
use super::super::types::hash::{hash, scramble};
use super::super::types::{Datum, Kind, Type, Typed};
use super::Cx;

/// What the planner expects.
#[derive(Clone, Copy)]
pub(super) struct Expected {
    pub(super) rows: f64,
    pub(super) groups: f64,
    /// What reading the rows costs, in the planner's units.
    pub(super) cost: f64,
}

/// How groups are found.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Method {
    Hash,
    /// Sorted by all keys.
    Sort,
}

/// What the planner reckons for an operator, and for a row.
const OPERATOR: f64 = 0.0025;
const TUPLE: f64 = 0.01;
/// Costs that differ by less are the same to it.
const SAME: f64 = 1.01;

impl Expected {
    fn sorting(self) -> f64 {
        let rows = self.rows.max(2.0);
        2.0 * OPERATOR * rows * rows.log2() + OPERATOR * self.rows
    }

    /// For GROUP BY. What is sorted is as good as what is hashed, and has an order besides.
    pub(super) fn grouping(self) -> Method {
        let hashing = self.cost + OPERATOR * self.rows + TUPLE * self.groups;
        if hashing * SAME < hashing + self.sorting() { Method::Hash } else { Method::Sort }
    }

    /// For DISTINCT, which has no cost for each group if it sorts.
    pub(super) fn distinct(self) -> Method {
        let reading = self.cost + OPERATOR * self.rows;
        let hashing = reading + TUPLE * self.groups;
        if hashing * SAME < reading + self.sorting() { Method::Hash } else { Method::Sort }
    }

    /// For set operations, whose costs are compared exactly.
    pub(super) fn set_operation(self) -> Method {
        if self.sorting() < TUPLE * self.groups { Method::Sort } else { Method::Hash }
    }
}

/// The places of groups in the order in which they come; `None` if it is that in which they were seen.
/// `known_last`: rows of known groups came after the last new one.
pub(super) fn order<'k>(
    keys: impl Iterator<Item = impl IntoIterator<Item = &'k Datum>>,
    expected: f64,
    known_last: bool,
) -> Option<Vec<usize>> {
    let mut table = Buckets::sized(expected);
    for (place, key) in keys.enumerate() {
        let mut all = 0u32;
        for value in key {
            all = all.rotate_left(1) ^ hash(value)?;
        }
        table.insert(place, scramble(all));
    }
    if known_last {
        table.make_room();
    }
    Some(table.backward())
}

/// The order of sorted groups.
pub(super) fn sorted_order<'k>(keys: impl Iterator<Item = &'k [Datum]>) -> Vec<usize> {
    let mut places: Vec<(usize, &[Datum])> = keys.enumerate().collect();
    places.sort_by(|(_, a), (_, b)| super::super::types::datum::rows_order(a, b));
    places.into_iter().map(|(place, _)| place).collect()
}

/// Puts things into that order.
pub(super) fn arrange<T>(things: Vec<T>, order: &[usize]) -> Vec<T> {
    let mut things: Vec<Option<T>> = things.into_iter().map(Some).collect();
    order.iter().filter_map(|place| things.get_mut(*place)?.take()).collect()
}

/// Each bucket's group and hash.
struct Buckets {
    slots: Vec<Option<(usize, u32)>>,
    filled: usize,
}

const FILL: f64 = 0.9;

impl Buckets {
    fn sized(expected: f64) -> Buckets {
        let wanted = (expected.max(1.0) / FILL).min(1e6) as usize;
        Buckets { slots: vec![None; wanted.max(2).next_power_of_two()], filled: 0 }
    }

    fn home(&self, hash: u32) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    fn after(&self, slot: usize) -> usize {
        (slot + 1) & (self.slots.len() - 1)
    }

    fn distance(&self, hash: u32, slot: usize) -> usize {
        slot.wrapping_sub(self.home(hash)) & (self.slots.len() - 1)
    }

    /// Adds a group that is not there yet.
    fn insert(&mut self, group: usize, hash: u32) {
        self.make_room();
        let (mut slot, mut distance) = (self.home(hash), 0);
        while let Some((_, other)) = self.slots[slot] {
            // Who is nearer to its home gives way.
            if distance > self.distance(other, slot) {
                self.shift(slot);
                break;
            }
            (slot, distance) = (self.after(slot), distance + 1);
        }
        self.slots[slot] = Some((group, hash));
        self.filled += 1;
    }

    /// Before each look-up, be the group known or not.
    fn make_room(&mut self) {
        if self.filled as f64 >= (self.slots.len() as f64 * FILL).floor() {
            self.grow();
        }
    }

    /// Moves what stands from there to the next free bucket on by one.
    fn shift(&mut self, from: usize) {
        let mut moved = self.slots[from].take();
        let mut slot = from;
        while moved.is_some() {
            slot = self.after(slot);
            std::mem::swap(&mut moved, &mut self.slots[slot]);
        }
    }

    fn grow(&mut self) {
        let larger = vec![None; self.slots.len() * 2];
        let smaller = std::mem::replace(&mut self.slots, larger);
        let mask = smaller.len() - 1;
        let at_home =
            |slot: &usize| smaller[*slot].is_none_or(|(_, hash)| hash as usize & mask == *slot);
        let start = (0..smaller.len()).find(at_home).unwrap_or_default();
        for at in 0..smaller.len() {
            let Some((group, hash)) = smaller[(start + at) & mask] else { continue };
            let mut slot = self.home(hash);
            while self.slots[slot].is_some() {
                slot = self.after(slot);
            }
            self.slots[slot] = Some((group, hash));
        }
    }

    /// The groups as a scan of the table meets them: backward from the first free bucket.
    fn backward(&self) -> Vec<usize> {
        let len = self.slots.len();
        let start = self.slots.iter().position(Option::is_none).unwrap_or_default();
        (0..len)
            .map(|back| (start + len - back) & (len - 1))
            .filter_map(|slot| self.slots[slot].map(|(group, _)| group))
            .collect()
    }
}

/// What is expected of grouping the rows of FROM, of which there were so many, by these keys.
pub(super) fn expected(from: &From, keys: &[&Expr], seen: usize, cx: &Cx<'_>) -> Expected {
    let source = Input::of(&from.node, from, seen, cx);
    let mut groups = 1.0;
    let mut columns = BTreeSet::new();
    for key in keys {
        if source.is_boolean(key, from) {
            groups *= 2.0;
            continue;
        }
        let mut read = vec![];
        key.columns(&mut read);
        columns.extend(read);
    }
    let mut by_relation: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for column in columns {
        let (relation, column) = home(from, column);
        by_relation.entry(relation).or_default().push(column);
    }
    for (relation, columns) in by_relation {
        groups *= source.groups_of(relation, &columns);
    }
    Expected {
        rows: source.rows,
        groups: groups.ceil().clamp(1.0, source.rows.max(1.0)),
        cost: source.cost,
    }
}

/// The relation of a column, and its place in it.
fn home(from: &From, column: usize) -> (usize, usize) {
    let inside = |(_, place): &(usize, &RelationPlace)| {
        (place.offset..place.offset + place.width).contains(&column)
    };
    let relation = from.relations.iter().enumerate().find(inside);
    relation.map_or((0, column), |(number, place)| (number, column - place.offset))
}

/// What is expected of a query.
pub(super) fn of_select(select: &Select, seen: usize, cx: &Cx<'_>) -> Expected {
    match &select.source {
        Source::Values(list) => {
            let rows = list.len() as f64;
            Expected { rows, groups: rows, cost: rows * 1.25 * TUPLE }
        }
        Source::Operation { left, right, .. } => {
            let (left, right) = (of_select(left, seen, cx), of_select(right, seen, cx));
            let rows = left.rows + right.rows;
            Expected { rows, groups: rows, cost: left.cost + right.cost }
        }
        Source::Rows(rows) => {
            let keys = match (&rows.aggregate, &rows.project) {
                (Some(plan), _) => &plan.groups[..],
                (None, Some(list)) => &list[..select.width.min(list.len())],
                (None, None) => &[],
            };
            let keys: Vec<&Expr> = keys.iter().collect();
            let mut found = expected(&rows.from, &keys, seen, cx);
            if rows.project.is_none() && rows.aggregate.is_none() {
                found.groups = found.rows.min(DISTINCT);
            }
            if rows.aggregate.is_some() || rows.distinct {
                found.rows = found.groups;
            }
            found
        }
    }
}

/// So many different values are assumed of a column.
const DISTINCT: f64 = 200.0;

/// FROM, as the planner sees it.
struct Input<'p> {
    rows: f64,
    cost: f64,
    /// By relation: the table, how many rows it has, and how many of them are read.
    tables: BTreeMap<usize, (&'p Table, f64, f64)>,
    /// What each row of a list may be different in.
    listed: bool,
}

impl<'p> Input<'p> {
    fn of(node: &'p Node, from: &'p From, seen: usize, cx: &Cx<'_>) -> Input<'p> {
        let seen = seen as f64;
        match node {
            Node::One => Input::without_tables(1.0, true),
            Node::Scan(scan) => {
                let all = rows_of(&scan.table, cx);
                let part = from
                    .recheck
                    .as_ref()
                    .map_or(1.0, |filter| selectivity(filter, &scan.table, all));
                let rows = (all * part).round().max(1.0);
                let tables = BTreeMap::from([(scan.relation, (&*scan.table, all, rows))]);
                let clauses = match &from.recheck {
                    None => 0,
                    Some(Expr::And(all)) => all.len(),
                    Some(_) => 1,
                };
                let cost = all * (TUPLE + OPERATOR * clauses as f64) + pages_of(&scan.table, cx);
                Input { rows, cost, tables, listed: false }
            }
            Node::Join(_) => {
                let mut tables = BTreeMap::new();
                add_tables(node, cx, &mut tables);
                let rows = tables.values().map(|(_, all, _)| *all).fold(1000.0, f64::max);
                Input { rows, cost: rows * TUPLE, tables, listed: false }
            }
            Node::Derived { select, .. } => {
                let listed = matches!(select.source, Source::Values(_));
                let rows = if listed { seen } else { of_select(select, seen as usize, cx).rows };
                Input::without_tables(rows, listed)
            }
            Node::Functions { .. } => Input::without_tables(seen, false),
            Node::Subplan { .. } => Input::without_tables(seen.max(1000.0), false),
        }
    }

    fn without_tables(rows: f64, listed: bool) -> Input<'p> {
        Input { rows, cost: rows * TUPLE, tables: BTreeMap::new(), listed }
    }

    fn is_boolean(&self, key: &Expr, from: &From) -> bool {
        match key {
            Expr::Column(column) => {
                let (relation, column) = home(from, *column);
                self.tables.get(&relation).is_some_and(|(table, ..)| {
                    table.columns.get(column).is_some_and(|column| column.typed.ty == Type::BOOL)
                })
            }
            Expr::Compare { .. } | Expr::And(_) | Expr::Or(_) | Expr::Not(_) => true,
            Expr::IsNull { .. } | Expr::IsBool { .. } | Expr::InList { .. } => true,
            _ => false,
        }
    }

    /// How many different rows the columns of a relation make.
    fn groups_of(&self, relation: usize, columns: &[usize]) -> f64 {
        let Some((table, all, rows)) = self.tables.get(&relation) else {
            return if self.listed { self.rows } else { DISTINCT.min(self.rows) };
        };
        let each = columns.iter().map(|column| distinct(table, *column, *all));
        let (product, most) =
            each.fold((1.0, 1.0f64), |(all, most), one| (all * one, most.max(one)));
        let limit = if columns.len() > 1 { (all * 0.1).max(most) } else { *all };
        let mut groups = product.min(limit.min(*all));
        if rows < all {
            groups *= 1.0 - ((all - rows) / all).powf(all / groups);
        }
        groups.round().max(1.0)
    }
}

fn add_tables<'p>(
    node: &'p Node,
    cx: &Cx<'_>,
    tables: &mut BTreeMap<usize, (&'p Table, f64, f64)>,
) {
    match node {
        Node::Scan(scan) => {
            let all = rows_of(&scan.table, cx);
            tables.insert(scan.relation, (&scan.table, all, all));
        }
        Node::Join(join) => {
            add_tables(&join.left, cx, tables);
            add_tables(&join.right, cx, tables);
        }
        _ => {}
    }
}

fn distinct(table: &Table, column: usize, rows: f64) -> f64 {
    let unique = table.indexes.iter().any(|index| {
        index.unique && index.predicate.is_none() && index.columns().is_some_and(|c| c == [column])
    });
    if unique { rows } else { DISTINCT.min(rows) }
}

/// Bytes of a page for rows, and what each row has before its values.
const PAGE: usize = 8168;
const HEADER: usize = 28;
/// A table that was never vacuumed is assumed to have so many pages.
const LEAST_PAGES: usize = 10;

/// How many rows a table seems to have that was never analyzed.
fn rows_of(table: &Table, cx: &Cx<'_>) -> f64 {
    on_page(table) as f64 * pages_of(table, cx)
}

fn on_page(table: &Table) -> usize {
    let width: usize = table.columns.iter().map(|column| width(column.typed)).sum();
    (PAGE / (width + HEADER)).max(1)
}

fn pages_of(table: &Table, cx: &Cx<'_>) -> f64 {
    let there = cx.store.heap(table.heap).map_or(0, |heap| heap.end() as usize);
    there.div_ceil(on_page(table)).max(LEAST_PAGES) as f64
}

/// The bytes that a value of that type is assumed to have.
fn width(typed: Typed) -> usize {
    if typed.ty.kind() == Some(Kind::Enum) {
        return 4;
    }
    match typed.ty {
        Type::BOOL | Type::CHAR => 1,
        Type::INT2 => 2,
        Type::INT4 | Type::OID | Type::FLOAT4 | Type::DATE => 4,
        Type::INT8 | Type::FLOAT8 | Type::TIME | Type::TIMESTAMP | Type::TIMESTAMPTZ => 8,
        Type::TIMETZ => 12,
        Type::INTERVAL | Type::UUID => 16,
        Type::NAME => 64,
        Type::VARCHAR | Type::BPCHAR if typed.modifier >= 0 => {
            // Up to four bytes for each character, and four for the length.
            let most = typed.modifier as usize * 4 + 4;
            match most {
                ..=32 => most,
                33..1000 if typed.ty == Type::VARCHAR => 32 + (most - 32) / 2,
                _ if typed.ty == Type::BPCHAR => most,
                _ => 32 + (1000 - 32) / 2,
            }
        }
        _ => 32,
    }
}

const EQUAL: f64 = 1.0 / DISTINCT;
const UNEQUAL: f64 = 1.0 / 3.0;
/// Of a pattern, and of a range with both ends.
const NARROW: f64 = 0.005;

/// Which part of the rows a condition is assumed to let through.
fn selectivity(filter: &Expr, table: &Table, all: f64) -> f64 {
    let one = |expr: &Expr| selectivity(expr, table, all);
    match filter {
        Expr::Const(Datum::Bool(value)) => f64::from(u8::from(*value)),
        Expr::Const(_) => 0.0,
        Expr::Column(_) => 0.5,
        Expr::And(both) => conjunction(both, table, all),
        Expr::Or(either) => either.iter().map(one).fold(0.0, |a, b| a + b - a * b),
        Expr::Not(expr) => 1.0 - one(expr),
        Expr::IsNull { negated, .. } => {
            if *negated {
                1.0 - NARROW
            } else {
                NARROW
            }
        }
        Expr::Compare { op, args } => match op {
            Comparison::Equal => equality(&args.0, table, all)
                .or_else(|| equality(&args.1, table, all))
                .unwrap_or(EQUAL),
            Comparison::NotEqual => 1.0 - EQUAL,
            _ => UNEQUAL,
        },
        Expr::InList { expr, list, negated } => {
            let each = equality(expr, table, all).unwrap_or(EQUAL);
            let some = (list.len() as f64 * each).min(1.0);
            if *negated { 1.0 - some } else { some }
        }
        Expr::Call { .. } => NARROW,
        _ => 0.5,
    }
}

fn equality(side: &Expr, table: &Table, all: f64) -> Option<f64> {
    let Expr::Column(column) = side else { return None };
    let is_bool = table.columns.get(*column)?.typed.ty == Type::BOOL;
    Some(if is_bool { 0.5 } else { 1.0 / distinct(table, *column, all) })
}

/// Two bounds of one column are a range.
fn conjunction(both: &[Expr], table: &Table, all: f64) -> f64 {
    let bound = |expr: &Expr| match expr {
        Expr::Compare { op: Comparison::Less | Comparison::LessEqual, args } => match args.0 {
            Expr::Column(column) => Some((column, false)),
            _ => None,
        },
        Expr::Compare { op: Comparison::Greater | Comparison::GreaterEqual, args } => {
            match args.0 {
                Expr::Column(column) => Some((column, true)),
                _ => None,
            }
        }
        _ => None,
    };
    let bounds: BTreeSet<_> = both.iter().filter_map(bound).collect();
    let is_range = |column| bounds.contains(&(column, true)) && bounds.contains(&(column, false));
    let ranges: BTreeSet<_> =
        bounds.iter().map(|(column, _)| *column).filter(|column| is_range(*column)).collect();
    let others = both.iter().filter(|expr| bound(expr).is_none_or(|(column, _)| !is_range(column)));
    others.map(|expr| selectivity(expr, table, all)).product::<f64>()
        * NARROW.powi(ranges.len() as i32)
}
