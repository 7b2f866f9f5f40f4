//! What the planner hands to the executor.

use std::sync::Arc;

use super::super::catalog::{Oid, Table};
use super::super::parse::ast::{JoinKind, LockWait, RowLock, SetOp, Statement, TableLock};
use super::super::types::Type;
use super::expr::{Comparison, Expr, Output};
use super::sets::{SetCall, SetFunction};
use super::window::Extras;

/// A planned statement. Shared by every session and fork that runs the same text.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) body: Body,
    /// Types of `$1`, `$2`, …
    pub(crate) params: Vec<Type>,
    /// The number of the one that was met first.
    pub(crate) first_param: usize,
    /// Subqueries and WITH queries, by number.
    pub(crate) subplans: Vec<Subplan>,
    /// Those that run before the statement, which reads them; and after it, since they change rows.
    pub(crate) before: Vec<usize>,
    pub(crate) after: Vec<usize>,
    /// Table locks to take before the statement runs.
    pub(crate) locks: Vec<(Oid, TableLock)>,
    pub(crate) columns: Arc<[Output]>,
    /// The columns' names, as the service's rows share them.
    pub(crate) names: Arc<[Arc<str>]>,
    /// Types that users have made are read or printed: they are looked up in the catalog.
    pub(crate) names_types: bool,
}

#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "most are queries")]
pub(crate) enum Body {
    Select(Select),
    Recursive(Box<Recursion>),
    Insert(Box<Insert>),
    Update(Box<Modify>),
    Delete(Box<Modify>),
    Merge(Box<Merge>),
    /// DDL and LOCK, which are decided when they run.
    Utility(Box<Statement>),
    Empty,
}

/// A subquery, or the body of a WITH query.
#[derive(Debug)]
pub(crate) struct Subplan {
    pub(crate) body: Body,
    /// Reads columns of a row around it, so that it runs anew for each.
    pub(crate) correlated: bool,
    /// Runs before the statement or after it, since it changes or locks rows.
    pub(crate) eager: bool,
    /// The WITH queries that it reads.
    pub(crate) uses: Vec<usize>,
}

/// One SELECT, VALUES or set operation, with what follows it.
#[derive(Debug)]
pub(crate) struct Select {
    pub(crate) source: Source,
    /// Sort keys: places in the rows of `source` (which has hidden columns for them).
    pub(crate) order: Vec<SortKey>,
    /// DISTINCT ON: the first so many sort keys decide what is the same.
    pub(crate) distinct_on: Option<Vec<Expr>>,
    pub(crate) limit: Option<Expr>,
    /// Rows that tie with the last one of the limit follow it.
    pub(crate) with_ties: bool,
    pub(crate) offset: Option<Expr>,
    /// Visible columns; hidden ones follow.
    pub(crate) width: usize,
    /// FOR UPDATE and its kin, by relation.
    pub(crate) locks: Vec<LockTarget>,
    /// WITH queries that depend on what is around this query: they run when it does.
    pub(crate) again: Vec<usize>,
}

impl Select {
    /// Its rows are those of FROM, one for one, sorted and cut off at most.
    pub(crate) fn is_simple(&self) -> bool {
        let Source::Rows(rows) = &self.source else { return false };
        rows.aggregate.is_none()
            && rows.extras.width() == 0
            && !rows.distinct
            && self.distinct_on.is_none()
            && self.again.is_empty()
    }

    /// The tables that FROM reads, with their places among its relations.
    pub(crate) fn scans(&self) -> Vec<(usize, &Arc<Table>)> {
        fn visit<'n>(node: &'n Node, out: &mut Vec<(usize, &'n Arc<Table>)>) {
            match node {
                Node::Scan(scan) => out.push((scan.relation, &scan.table)),
                Node::Join(join) => {
                    visit(&join.left, out);
                    visit(&join.right, out);
                }
                _ => {}
            }
        }
        let mut out = vec![];
        if let Source::Rows(rows) = &self.source {
            visit(&rows.from.node, &mut out);
        }
        out
    }

    /// Whether PostgreSQL's plan of it can run backward, so that its cursor may without SCROLL.
    pub(crate) fn goes_backward(&self) -> bool {
        fn node(at: &Node) -> bool {
            match at {
                Node::Join(_) => false,
                Node::Derived { select, .. } => select.goes_backward(),
                _ => true,
            }
        }
        if !self.locks.is_empty() || self.distinct_on.is_some() {
            return false;
        }
        match &self.source {
            Source::Rows(rows) if rows.distinct => false,
            _ if !self.order.is_empty() => true,
            Source::Rows(rows) => {
                rows.aggregate.is_none() && rows.extras.width() == 0 && node(&rows.from.node)
            }
            Source::Values(_) => true,
            Source::Operation { op, all, left, right } => {
                *op == SetOp::Union && *all && left.goes_backward() && right.goes_backward()
            }
        }
    }
}

/// A query of WITH RECURSIVE.
#[derive(Debug)]
pub(crate) struct Recursion {
    pub(crate) base: Select,
    pub(crate) step: Select,
    /// UNION ALL: rows that are known already stay.
    pub(crate) all: bool,
    /// The subplan that stands for the rows of the last round.
    pub(crate) working: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct SortKey {
    pub(crate) column: usize,
    pub(crate) descending: bool,
    pub(crate) nulls_first: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct LockTarget {
    /// Place among the relations of FROM.
    pub(crate) relation: usize,
    pub(crate) table: Arc<Table>,
    pub(crate) strength: RowLock,
    pub(crate) wait: LockWait,
}

#[derive(Debug)]
pub(crate) enum Source {
    Rows(Box<Rows>),
    Values(Vec<Vec<Expr>>),
    Operation { op: SetOp, all: bool, left: Box<Select>, right: Box<Select> },
}

/// FROM, WHERE, GROUP BY, HAVING and the select list.
#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) from: From,
    pub(crate) aggregate: Option<Aggregation>,
    /// Window functions and sets: columns that follow those of the row.
    pub(crate) extras: Extras,
    /// `None`: the row as it is.
    pub(crate) project: Option<Vec<Expr>>,
    pub(crate) distinct: bool,
}

/// FROM and WHERE: the rows, and where the columns of each relation begin.
#[derive(Debug)]
pub(crate) struct From {
    pub(crate) node: Node,
    pub(crate) relations: Vec<RelationPlace>,
    /// Everything that a row must satisfy: what is checked again when a locked row has changed.
    pub(crate) recheck: Option<Expr>,
}

#[derive(Clone, Debug)]
pub(crate) struct RelationPlace {
    pub(crate) offset: usize,
    pub(crate) width: usize,
}

#[derive(Debug)]
pub(crate) enum Node {
    /// One row without columns.
    One,
    Scan(Scan),
    /// The rows of a subplan that has run, or runs once.
    Subplan {
        plan: usize,
        filter: Option<Expr>,
    },
    /// A subquery in FROM.
    Derived {
        select: Box<Select>,
        filter: Option<Expr>,
        /// Sees the rows of what stands left of it, as the row around it.
        lateral: bool,
    },
    /// Functions in FROM, side by side.
    Functions {
        calls: Vec<FunctionCall>,
        /// A last column counts the rows.
        ordinality: bool,
        filter: Option<Expr>,
        /// The arguments read what stands left of it.
        lateral: bool,
    },
    Join(Box<Join>),
}

#[derive(Debug)]
pub(crate) struct FunctionCall {
    /// `None`: an ordinary function, whose value is the only argument.
    pub(crate) function: Option<SetFunction>,
    pub(crate) args: Vec<Expr>,
    pub(crate) width: usize,
}

impl Node {
    /// Reads what stands left of it.
    pub(crate) fn is_lateral(&self) -> bool {
        match self {
            Node::Derived { lateral, .. } | Node::Functions { lateral, .. } => *lateral,
            Node::Join(join) => join.left.is_lateral() || join.right.is_lateral(),
            Node::One | Node::Scan(_) | Node::Subplan { .. } => false,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Scan {
    pub(crate) table: Arc<Table>,
    pub(crate) access: Access,
    /// Over the table's own columns.
    pub(crate) filter: Option<Expr>,
    /// Place among the relations of FROM.
    pub(crate) relation: usize,
    /// Its rows have their system columns behind their own.
    pub(crate) hidden: bool,
}

/// How the rows of a table are found.
#[derive(Debug)]
pub(crate) enum Access {
    Sequential,
    /// The row that a cursor is on.
    Cursor(String),
    /// By the first columns of an index, all equal.
    Equal {
        tree: usize,
        keys: Vec<Expr>,
        single: bool,
    },
    /// One key after another: `= ANY (array)` or IN.
    Any {
        tree: usize,
        list: Vec<Expr>,
        array: bool,
        single: bool,
    },
    /// A range of the first column of an index, in key order.
    Range {
        tree: usize,
        low: Option<(Comparison, Expr)>,
        high: Option<(Comparison, Expr)>,
        single: bool,
    },
    /// All of an index, in its order or the reverse: LIMIT ends it early.
    Walk {
        tree: usize,
        backward: bool,
    },
    /// Only the row with the least value of a column that an index begins with, or (backward) the greatest.
    Ends(Vec<End>),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct End {
    pub(crate) tree: usize,
    pub(crate) column: usize,
    pub(crate) backward: bool,
}

#[derive(Debug)]
pub(crate) struct Join {
    pub(crate) kind: JoinKind,
    pub(crate) left: Node,
    pub(crate) right: Node,
    pub(crate) left_width: usize,
    pub(crate) right_width: usize,
    /// Pairs of equal keys: of the left row, and of the right one.
    pub(crate) keys: Vec<(Expr, Expr)>,
    /// The right table's index that finds the keys.
    pub(crate) index: Option<JoinIndex>,
    /// Everything of ON, over both rows.
    pub(crate) on: Option<Expr>,
    /// WHERE over both rows.
    pub(crate) filter: Option<Expr>,
    /// The right side is computed anew for each row of the left one.
    pub(crate) lateral: bool,
}

#[derive(Debug)]
pub(crate) struct JoinIndex {
    pub(crate) tree: usize,
    pub(crate) single: bool,
    /// Keys of the left row, in the order of the index.
    pub(crate) keys: Vec<Expr>,
}

/// GROUP BY and aggregates. Its rows: group keys, then aggregates.
#[derive(Debug)]
pub(crate) struct Aggregation {
    /// Sets that are grouped by: columns that follow those of the input row.
    pub(crate) before: Vec<SetCall>,
    pub(crate) groups: Vec<Expr>,
    /// Which keys each grouping set has; `None`: all of them, once.
    pub(crate) sets: Option<Vec<Vec<usize>>>,
    pub(crate) calls: Vec<AggregateCall>,
    pub(crate) having: Option<Expr>,
}

impl Aggregation {
    /// True if an input is sorted or told apart within each group: PostgreSQL sorts all groups then.
    pub(crate) fn sorts(&self) -> bool {
        self.calls.iter().any(|call| call.distinct || !call.order.is_empty())
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AggregateCall {
    pub(crate) kind: Aggregate,
    pub(crate) args: Vec<Expr>,
    pub(crate) distinct: bool,
    /// Expressions over the input row, descending, nulls first.
    pub(crate) order: Vec<(Expr, bool, bool)>,
    pub(crate) filter: Option<Expr>,
    pub(crate) result: Type,
    pub(crate) input: Type,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aggregate {
    CountRows,
    Count,
    Sum,
    Average,
    Minimum,
    Maximum,
    BoolAnd,
    BoolOr,
    StringAgg,
    ArrayAgg,
    JsonAgg,
    JsonObjectAgg,
    BitAnd,
    BitOr,
    BitXor,
    Statistic(Statistic),
    /// WITHIN GROUP: the second argument is the fraction.
    PercentileContinuous,
    PercentileDiscrete,
    Mode,
    /// The sort keys, and then the values of the row that is not there.
    Hypothetical(Place),
    /// GROUPING (…): its arguments are the places of group keys.
    Grouping,
}

/// What is computed from the sums of values, or of pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Statistic {
    VariancePopulation,
    VarianceSample,
    DeviationPopulation,
    DeviationSample,
    CovariancePopulation,
    CovarianceSample,
    Correlation,
    Slope,
    Intercept,
    PairCount,
    Determination,
    AverageX,
    AverageY,
    SquaresX,
    SquaresY,
    Products,
}

/// What is told of the place that a row would have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Rank,
    DenseRank,
    PercentRank,
    CumeDist,
}

impl Aggregate {
    /// True for those that stand before WITHIN GROUP.
    pub(crate) fn is_ordered(self) -> bool {
        matches!(
            self,
            Aggregate::PercentileContinuous
                | Aggregate::PercentileDiscrete
                | Aggregate::Mode
                | Aggregate::Hypothetical(_)
        )
    }

    /// How many arguments it takes.
    pub(crate) fn arity(self) -> usize {
        match self {
            Aggregate::CountRows => 0,
            Aggregate::Statistic(statistic) if statistic.takes_pairs() => 2,
            Aggregate::PercentileContinuous
            | Aggregate::PercentileDiscrete
            | Aggregate::StringAgg
            | Aggregate::JsonObjectAgg => 2,
            _ => 1,
        }
    }
}

impl Statistic {
    pub(crate) fn takes_pairs(self) -> bool {
        !matches!(
            self,
            Statistic::VariancePopulation
                | Statistic::VarianceSample
                | Statistic::DeviationPopulation
                | Statistic::DeviationSample
        )
    }
}

#[derive(Debug)]
pub(crate) struct Insert {
    pub(crate) table: Arc<Table>,
    pub(crate) source: InsertSource,
    /// The column that each value of the source goes to.
    pub(crate) columns: Vec<usize>,
    /// For the columns that the source does not fill.
    pub(crate) defaults: Vec<(usize, Expr)>,
    pub(crate) on_conflict: Option<Conflict>,
    /// WITH CHECK OPTION: the view's name, and what the new row must satisfy.
    pub(crate) view_checks: Vec<(Arc<str>, Expr)>,
    pub(crate) returning: Option<Vec<Expr>>,
    /// How many columns of the table's rows the statement sees.
    pub(crate) width: usize,
}

#[derive(Debug)]
pub(crate) enum InsertSource {
    /// Already of the columns' types.
    Values(Vec<Vec<Expr>>),
    /// The query, and how its columns become the table's.
    Query(Box<Select>, Vec<Expr>),
}

#[derive(Debug)]
pub(crate) struct Conflict {
    /// Unique indexes that arbitrate; empty: all of them.
    pub(crate) arbiters: Vec<Oid>,
    /// DO UPDATE: over the existing row, followed by the excluded one.
    pub(crate) update: Option<ConflictUpdate>,
}

/// What DO UPDATE sets, and its WHERE.
pub(crate) type ConflictUpdate = (Vec<(usize, Expr)>, Option<Expr>);

/// UPDATE and DELETE. The target is relation 0 of FROM.
#[derive(Debug)]
pub(crate) struct Modify {
    pub(crate) table: Arc<Table>,
    pub(crate) from: From,
    pub(crate) assignments: Vec<(usize, Expr)>,
    /// Whether a column of a key is assigned.
    pub(crate) keyed: bool,
    /// WITH CHECK OPTION: the view's name, and what the new row must satisfy.
    pub(crate) view_checks: Vec<(Arc<str>, Expr)>,
    /// Over the FROM row whose target part is the new (deleted: old) row.
    pub(crate) returning: Option<Vec<Expr>>,
}

/// MERGE: FROM is the source joined to the target.
#[derive(Debug)]
pub(crate) struct Merge {
    pub(crate) table: Arc<Table>,
    pub(crate) from: From,
    /// The target's place among the relations of FROM; it is the last.
    pub(crate) target: usize,
    /// What joins them, which is checked again when a locked row has changed.
    pub(crate) on: Expr,
    pub(crate) whens: Vec<MergeWhen>,
}

#[derive(Debug)]
pub(crate) struct MergeWhen {
    pub(crate) matched: bool,
    pub(crate) condition: Option<Expr>,
    pub(crate) action: MergeAction,
}

#[derive(Debug)]
pub(crate) enum MergeAction {
    Nothing,
    Delete,
    Update {
        assignments: Vec<(usize, Expr)>,
        /// Whether a column of a key is assigned.
        keyed: bool,
    },
    /// A value for every column that is not generated.
    Insert(Vec<(usize, Expr)>),
}
