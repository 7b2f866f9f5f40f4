//! The syntax tree that the planner reads: what PostgreSQL's grammar says, and nothing of the parser's.

use super::super::types::Typed;

/// One statement.
#[derive(Clone, Debug)]
pub(crate) enum Statement {
    Query(Box<Query>),
    Insert(Box<Insert>),
    Update(Box<Update>),
    Delete(Box<Delete>),
    CreateTable(Box<CreateTable>),
    CreateIndex(Box<CreateIndex>),
    CreateSequence {
        name: String,
        if_not_exists: bool,
        options: SequenceOptions,
    },
    AlterTable {
        table: String,
        if_exists: bool,
        actions: Vec<AlterAction>,
    },
    Drop {
        kind: DropKind,
        names: Vec<String>,
        if_exists: bool,
        cascade: bool,
    },
    Truncate {
        tables: Vec<String>,
        restart_identity: bool,
        cascade: bool,
    },
    LockTable {
        tables: Vec<String>,
        mode: TableLock,
        nowait: bool,
    },
    /// COMMENT, ANALYZE, VACUUM: nothing that an application sees, but for a name that does not exist.
    NoEffect {
        tag: &'static str,
        table: Option<String>,
        column: Option<String>,
    },
    Control(Control),
}

/// What the session itself does.
#[derive(Clone, Debug)]
pub(crate) enum Control {
    Begin {
        modes: Modes,
        start: bool,
    },
    Commit {
        chain: bool,
    },
    Rollback {
        chain: bool,
    },
    Savepoint(String),
    Release(String),
    RollbackTo(String),
    SetTransaction {
        modes: Modes,
        session: bool,
    },
    /// No value: DEFAULT.
    Set {
        name: String,
        value: Option<String>,
        local: bool,
    },
    Show(String),
    /// No name: ALL.
    Reset(Option<String>),
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Modes {
    pub(crate) isolation: Option<Isolation>,
    pub(crate) read_only: Option<bool>,
    pub(crate) deferrable: Option<bool>,
}

/// READ UNCOMMITTED is READ COMMITTED under another name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Isolation {
    ReadUncommitted,
    ReadCommitted,
    RepeatableRead,
    Serializable,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DropKind {
    Table,
    Index,
    Sequence,
}

/// The eight modes of table locks, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TableLock {
    AccessShare,
    RowShare,
    RowExclusive,
    ShareUpdateExclusive,
    Share,
    ShareRowExclusive,
    Exclusive,
    AccessExclusive,
}

/// The four strengths of row locks, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RowLock {
    KeyShare,
    Share,
    NoKeyUpdate,
    Update,
}

/// What to do about a row that another transaction has locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LockWait {
    Wait,
    NoWait,
    SkipLocked,
}

/// FOR UPDATE and its kin. No table: all of them.
#[derive(Clone, Debug)]
pub(crate) struct LockClause {
    pub(crate) strength: RowLock,
    pub(crate) of: Vec<String>,
    pub(crate) wait: LockWait,
}

#[derive(Clone, Debug)]
pub(crate) struct Query {
    pub(crate) with: Vec<Cte>,
    pub(crate) body: SetExpr,
    pub(crate) order_by: Vec<OrderItem>,
    pub(crate) limit: Option<Expr>,
    pub(crate) offset: Option<Expr>,
    pub(crate) locks: Vec<LockClause>,
}

#[derive(Clone, Debug)]
pub(crate) struct Cte {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
    pub(crate) body: Statement,
}

#[derive(Clone, Debug)]
pub(crate) enum SetExpr {
    Select(Box<Select>),
    Values(Vec<Vec<Expr>>),
    Query(Box<Query>),
    Operation { op: SetOp, all: bool, left: Box<SetExpr>, right: Box<SetExpr> },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SetOp {
    Union,
    Intersect,
    Except,
}

#[derive(Clone, Debug)]
pub(crate) struct Select {
    pub(crate) distinct: Distinct,
    pub(crate) items: Vec<Item>,
    pub(crate) from: Vec<TableRef>,
    pub(crate) filter: Option<Expr>,
    pub(crate) group_by: Vec<Expr>,
    pub(crate) having: Option<Expr>,
    /// WINDOW, by name.
    pub(crate) windows: Vec<(String, WindowSpec)>,
}

/// What OVER says.
#[derive(Clone, Debug)]
pub(crate) enum Over {
    Named(String),
    Spec(WindowSpec),
}

#[derive(Clone, Debug, Default)]
pub(crate) struct WindowSpec {
    /// The window that it builds on.
    pub(crate) base: Option<String>,
    pub(crate) partition: Vec<Expr>,
    pub(crate) order: Vec<OrderItem>,
    pub(crate) frame: Option<Frame<Expr>>,
}

/// The rows around the current one that a window function sees.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Frame<E> {
    pub(crate) unit: FrameUnit,
    pub(crate) start: FrameBound<E>,
    pub(crate) end: FrameBound<E>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FrameUnit {
    Rows,
    Range,
    Groups,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FrameBound<E> {
    UnboundedPreceding,
    Preceding(E),
    CurrentRow,
    Following(E),
    UnboundedFollowing,
}

#[derive(Clone, Debug)]
pub(crate) enum Distinct {
    No,
    Yes,
    On(Vec<Expr>),
}

#[derive(Clone, Debug)]
pub(crate) enum Item {
    Expr {
        expr: Expr,
        alias: Option<String>,
    },
    /// `*`, or `t.*`
    Star(Option<String>),
}

#[derive(Clone, Debug)]
pub(crate) struct OrderItem {
    pub(crate) expr: Expr,
    pub(crate) descending: bool,
    pub(crate) nulls_first: Option<bool>,
}

#[derive(Clone, Debug)]
pub(crate) enum TableRef {
    Table { name: String, alias: Option<String>, columns: Vec<String> },
    Subquery { query: Box<Query>, alias: Option<String>, columns: Vec<String>, lateral: bool },
    Function(Box<TableFunction>),
    Join { kind: JoinKind, left: Box<TableRef>, right: Box<TableRef>, on: JoinOn },
}

/// A function that returns a set, in FROM.
#[derive(Clone, Debug)]
pub(crate) struct TableFunction {
    pub(crate) name: String,
    pub(crate) args: Vec<Expr>,
    pub(crate) alias: Option<String>,
    pub(crate) columns: Vec<String>,
    /// `AS r (a int, b text)`
    pub(crate) typed: Vec<(String, Typed)>,
    pub(crate) ordinality: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JoinKind {
    Inner,
    Left,
    Right,
    Full,
}

#[derive(Clone, Debug)]
pub(crate) enum JoinOn {
    None,
    On(Expr),
    Using(Vec<String>),
    Natural,
}

#[derive(Clone, Debug)]
pub(crate) enum Literal {
    Null,
    Bool(bool),
    Number(String),
    /// Of unknown type until its surroundings give it one.
    String(String),
}

#[derive(Clone, Debug)]
pub(crate) enum Expr {
    /// `a`, `t.a`
    Column(Vec<String>),
    Literal(Literal),
    /// `$1` is 0.
    Parameter(usize),
    Default,
    Unary(String, Box<Expr>),
    Binary(String, Box<Expr>, Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    IsNull {
        expr: Box<Expr>,
        negated: bool,
    },
    /// IS [NOT] TRUE, FALSE, or UNKNOWN (`None`).
    IsBool {
        expr: Box<Expr>,
        value: Option<bool>,
        negated: bool,
    },
    IsDistinct {
        left: Box<Expr>,
        right: Box<Expr>,
        negated: bool,
    },
    InList {
        expr: Box<Expr>,
        list: Vec<Expr>,
        negated: bool,
    },
    InQuery {
        expr: Box<Expr>,
        query: Box<Query>,
        negated: bool,
    },
    Between {
        expr: Box<Expr>,
        low: Box<Expr>,
        high: Box<Expr>,
        negated: bool,
    },
    Like {
        expr: Box<Expr>,
        pattern: Box<Expr>,
        escape: Option<Box<Expr>>,
        negated: bool,
        fold_case: bool,
    },
    /// `left op ANY (array)`, or ALL.
    Quantified {
        left: Box<Expr>,
        op: String,
        right: Box<Expr>,
        all: bool,
    },
    QuantifiedQuery {
        left: Box<Expr>,
        op: String,
        query: Box<Query>,
        all: bool,
    },
    Case {
        operand: Option<Box<Expr>>,
        branches: Vec<(Expr, Expr)>,
        otherwise: Option<Box<Expr>>,
    },
    Call(Box<Call>),
    Cast {
        expr: Box<Expr>,
        to: Typed,
    },
    Exists(Box<Query>),
    Subquery(Box<Query>),
    Row(Vec<Expr>),
    Array(Vec<Expr>),
    ArrayQuery(Box<Query>),
    Subscript {
        array: Box<Expr>,
        index: Box<Expr>,
    },
    /// `array[low:high]`
    Slice {
        array: Box<Expr>,
        low: Option<Box<Expr>>,
        high: Option<Box<Expr>>,
    },
}

/// A function call, aggregates included.
#[derive(Clone, Debug, Default)]
pub(crate) struct Call {
    pub(crate) name: String,
    pub(crate) args: Vec<Expr>,
    /// `count(*)`
    pub(crate) star: bool,
    pub(crate) distinct: bool,
    pub(crate) order_by: Vec<OrderItem>,
    pub(crate) filter: Option<Expr>,
    /// Of arguments written `name => value`, which follow the others.
    pub(crate) names: Vec<String>,
    /// The sort order is WITHIN GROUP's.
    pub(crate) within_group: bool,
    pub(crate) over: Option<Over>,
}

#[derive(Clone, Debug)]
pub(crate) struct Insert {
    pub(crate) with: Vec<Cte>,
    pub(crate) table: String,
    pub(crate) alias: Option<String>,
    pub(crate) columns: Vec<String>,
    /// `None`: DEFAULT VALUES.
    pub(crate) source: Option<Query>,
    /// `Some(true)`: OVERRIDING SYSTEM VALUE.
    pub(crate) overriding_system: Option<bool>,
    pub(crate) on_conflict: Option<OnConflict>,
    pub(crate) returning: Vec<Item>,
}

#[derive(Clone, Debug)]
pub(crate) struct OnConflict {
    pub(crate) target: ConflictTarget,
    /// `None`: DO NOTHING.
    pub(crate) update: Option<(Vec<Assignment>, Option<Expr>)>,
}

#[derive(Clone, Debug)]
pub(crate) enum ConflictTarget {
    Any,
    Columns { columns: Vec<String>, predicate: Option<Expr> },
    Constraint(String),
}

#[derive(Clone, Debug)]
pub(crate) struct Assignment {
    /// More than one for `(a, b) = (…)`.
    pub(crate) columns: Vec<String>,
    pub(crate) value: Expr,
}

#[derive(Clone, Debug)]
pub(crate) struct Update {
    pub(crate) with: Vec<Cte>,
    pub(crate) table: String,
    pub(crate) alias: Option<String>,
    pub(crate) assignments: Vec<Assignment>,
    pub(crate) from: Vec<TableRef>,
    pub(crate) filter: Option<Expr>,
    pub(crate) returning: Vec<Item>,
}

#[derive(Clone, Debug)]
pub(crate) struct Delete {
    pub(crate) with: Vec<Cte>,
    pub(crate) table: String,
    pub(crate) alias: Option<String>,
    pub(crate) using: Vec<TableRef>,
    pub(crate) filter: Option<Expr>,
    pub(crate) returning: Vec<Item>,
}

#[derive(Clone, Debug)]
pub(crate) struct CreateTable {
    pub(crate) name: String,
    pub(crate) if_not_exists: bool,
    pub(crate) columns: Vec<ColumnDef>,
    pub(crate) constraints: Vec<Constraint>,
}

#[derive(Clone, Debug)]
pub(crate) struct ColumnDef {
    pub(crate) name: String,
    pub(crate) typed: Typed,
    /// `serial` and its kin.
    pub(crate) serial: bool,
    pub(crate) not_null: bool,
    pub(crate) default: Option<Expr>,
    /// `Some(true)`: GENERATED ALWAYS AS IDENTITY.
    pub(crate) identity: Option<(bool, SequenceOptions)>,
    pub(crate) generated: Option<Expr>,
    pub(crate) constraints: Vec<Constraint>,
}

#[derive(Clone, Debug)]
pub(crate) struct Constraint {
    pub(crate) name: Option<String>,
    pub(crate) kind: ConstraintKind,
    pub(crate) deferrable: bool,
    pub(crate) initially_deferred: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum ConstraintKind {
    PrimaryKey(Vec<String>),
    Unique {
        columns: Vec<String>,
        nulls_distinct: bool,
    },
    Check {
        expr: Expr,
    },
    ForeignKey {
        columns: Vec<String>,
        table: String,
        referenced: Vec<String>,
        on_delete: Action,
        on_update: Action,
    },
}

/// What a foreign key does when the referenced row goes.
#[allow(clippy::enum_variant_names, reason = "NO ACTION is one")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    NoAction,
    Restrict,
    Cascade,
    SetNull,
    SetDefault,
}

#[derive(Clone, Debug)]
pub(crate) struct CreateIndex {
    pub(crate) name: Option<String>,
    pub(crate) table: String,
    pub(crate) columns: Vec<OrderItem>,
    pub(crate) unique: bool,
    pub(crate) if_not_exists: bool,
    pub(crate) predicate: Option<Expr>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct SequenceOptions {
    pub(crate) typed: Option<Typed>,
    pub(crate) start: Option<i64>,
    pub(crate) increment: Option<i64>,
    pub(crate) minimum: Option<i64>,
    pub(crate) maximum: Option<i64>,
    pub(crate) cycle: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum AlterAction {
    AddColumn { column: ColumnDef, if_not_exists: bool },
    DropColumn { name: String, if_exists: bool, cascade: bool },
    AddConstraint(Constraint),
    DropConstraint { name: String, if_exists: bool },
    RenameColumn { from: String, to: String },
    RenameTable(String),
    RenameConstraint { from: String, to: String },
    SetDefault { column: String, default: Option<Expr> },
    SetNotNull { column: String, not_null: bool },
    SetType { column: String, typed: Typed, using: Option<Expr> },
}
