//! The syntax tree that the planner reads: what PostgreSQL's grammar says, and nothing of the parser's.

#![allow(dead_code, reason = "the planner does not read every statement about types yet")]

mod ddl;
mod dml;
mod expr;
mod query;
mod types;

pub(crate) use ddl::*;
pub(crate) use dml::*;
pub(crate) use expr::*;
pub(crate) use query::*;
pub(crate) use types::*;

/// One statement.
#[derive(Clone, Debug)]
pub(crate) enum Statement {
    Query(Box<Query>),
    Insert(Box<Insert>),
    Update(Box<Update>),
    Delete(Box<Delete>),
    Merge(Box<Merge>),
    CreateTable(Box<CreateTable>),
    CreateTableAs(Box<CreateTableAs>),
    CreateView(Box<CreateView>),
    RefreshView {
        name: Name,
        concurrently: bool,
        with_data: bool,
    },
    CreateSchema(Box<CreateSchema>),
    AlterSchema {
        name: String,
        /// `None`: OWNER TO.
        rename: Option<String>,
    },
    CreateIndex(Box<CreateIndex>),
    /// REINDEX of an index, or of a table.
    Reindex {
        kind: RelationKind,
        name: Name,
    },
    CreateSequence(Box<CreateSequence>),
    AlterSequence {
        name: Name,
        if_exists: bool,
        options: SequenceOptions,
    },
    CreateType {
        name: Vec<String>,
        definition: CreateType,
    },
    AlterType {
        name: Vec<String>,
        action: AlterType,
    },
    CreateDomain(Box<CreateDomain>),
    AlterDomain {
        name: Vec<String>,
        action: Box<AlterDomain>,
    },
    AlterTable(Box<AlterTable>),
    Drop {
        kind: DropKind,
        /// Of a schema: without schema.
        names: Vec<Name>,
        if_exists: bool,
        cascade: bool,
        concurrently: bool,
    },
    Truncate {
        tables: Vec<Name>,
        restart_identity: bool,
        cascade: bool,
    },
    LockTable {
        tables: Vec<Name>,
        mode: TableLock,
        nowait: bool,
    },
    SetConstraints {
        /// `None`: ALL.
        names: Option<Vec<Name>>,
        deferred: bool,
    },
    /// No text: NULL.
    Comment {
        target: CommentTarget,
        text: Option<String>,
    },
    /// ANALYZE, VACUUM: nothing that an application sees, but for a name that does not exist.
    NoEffect {
        tag: &'static str,
        table: Option<Name>,
    },
    Control(Control),
}

/// What DISCARD makes the session forget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Discard {
    All,
    Plans,
    Sequences,
    Temporary,
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
    PrepareTransaction,
    /// COMMIT PREPARED and ROLLBACK PREPARED.
    FinishPrepared {
        name: String,
        verb: &'static str,
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
    /// SET to several values.
    SetList {
        name: String,
        values: Vec<String>,
        local: bool,
    },
    Show(String),
    /// No name: ALL.
    Reset(Option<String>),
    Discard(Discard),
    Prepare {
        name: String,
        types: Vec<TypeName>,
        statement: Box<Statement>,
    },
    Execute {
        name: String,
        args: Vec<Expr>,
    },
    /// No name: ALL.
    Deallocate(Option<String>),
    Declare(Box<Declare>),
    /// FETCH, or MOVE.
    Fetch {
        cursor: String,
        direction: Direction,
        moves: bool,
    },
    /// No name: ALL.
    Close(Option<String>),
}

/// DECLARE … CURSOR
#[derive(Clone, Debug)]
pub(crate) struct Declare {
    pub(crate) name: String,
    /// SCROLL, or NO SCROLL.
    pub(crate) scroll: Option<bool>,
    pub(crate) insensitive: bool,
    pub(crate) hold: bool,
    pub(crate) binary: bool,
    pub(crate) query: Query,
}

/// Where FETCH and MOVE go; `i64::MAX` rows are all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Forward(i64),
    Backward(i64),
    Absolute(i64),
    Relative(i64),
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
    View,
    MaterializedView,
    Index,
    Sequence,
    Type,
    Domain,
    Schema,
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
