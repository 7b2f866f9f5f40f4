//! CREATE, ALTER, DROP and their kin.

use super::*;
use crate::fake::postgres::types::Typed;

/// A relation's name as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) schema: Option<String>,
    pub(crate) name: String,
}

impl Name {
    pub(crate) fn plain(name: impl Into<String>) -> Name {
        Name { schema: None, name: name.into() }
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.schema {
            Some(schema) => write!(f, "{schema}.{}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// TEMPORARY, UNLOGGED (which is as good as permanent here), or neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Persistence {
    #[default]
    Permanent,
    Unlogged,
    Temporary,
}

/// What becomes of a temporary table at the end of a transaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum OnCommit {
    #[default]
    PreserveRows,
    DeleteRows,
    Drop,
}

#[derive(Clone, Debug)]
pub(crate) struct CreateTable {
    pub(crate) name: Name,
    pub(crate) if_not_exists: bool,
    pub(crate) persistence: Persistence,
    pub(crate) on_commit: OnCommit,
    pub(crate) columns: Vec<ColumnDef>,
    pub(crate) constraints: Vec<Constraint>,
    /// `LIKE other INCLUDING …`, with the number of columns that are written before it.
    pub(crate) likes: Vec<(usize, LikeClause)>,
}

/// `LIKE table INCLUDING …`
#[derive(Clone, Debug, Default)]
pub(crate) struct LikeClause {
    pub(crate) table: Name,
    pub(crate) comments: bool,
    pub(crate) constraints: bool,
    pub(crate) defaults: bool,
    pub(crate) generated: bool,
    pub(crate) identity: bool,
    pub(crate) indexes: bool,
}

/// CREATE TABLE … AS, SELECT INTO, and CREATE MATERIALIZED VIEW.
#[derive(Clone, Debug)]
pub(crate) struct CreateTableAs {
    pub(crate) name: Name,
    pub(crate) columns: Vec<String>,
    pub(crate) query: Query,
    pub(crate) if_not_exists: bool,
    pub(crate) persistence: Persistence,
    pub(crate) on_commit: OnCommit,
    pub(crate) with_data: bool,
    pub(crate) materialized: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct CreateView {
    pub(crate) name: Name,
    pub(crate) or_replace: bool,
    pub(crate) temporary: bool,
    pub(crate) columns: Vec<String>,
    pub(crate) query: Query,
    pub(crate) check: Option<CheckOption>,
}

/// WITH [LOCAL | CASCADED] CHECK OPTION.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CheckOption {
    Local,
    Cascaded,
}

#[derive(Clone, Debug)]
pub(crate) struct CreateSchema {
    /// `None`: the name of the role after AUTHORIZATION.
    pub(crate) name: String,
    pub(crate) if_not_exists: bool,
    /// CREATE TABLE, VIEW, INDEX and SEQUENCE that follow in the same statement.
    pub(crate) elements: Vec<Statement>,
}

#[derive(Clone, Debug)]
pub(crate) struct ColumnDef {
    pub(crate) name: String,
    pub(crate) typed: TypeName,
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
    /// NOT VALID: the rows that are there are not checked.
    pub(crate) not_valid: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum ConstraintKind {
    PrimaryKey {
        columns: Vec<String>,
        include: Vec<String>,
    },
    Unique {
        columns: Vec<String>,
        include: Vec<String>,
        nulls_distinct: bool,
    },
    /// PRIMARY KEY or UNIQUE USING INDEX.
    UsingIndex {
        primary: bool,
        index: String,
    },
    Check {
        expr: Expr,
    },
    ForeignKey {
        columns: Vec<String>,
        table: Name,
        referenced: Vec<String>,
        /// MATCH FULL
        full: bool,
        on_delete: Action,
        /// What ON DELETE SET NULL or SET DEFAULT changes; empty: all columns.
        set_columns: Vec<String>,
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
    pub(crate) table: Name,
    /// `btree`, or what stands after USING.
    pub(crate) method: String,
    pub(crate) columns: Vec<OrderItem>,
    /// The operator classes of the columns, as far as any is named; of the same length, or empty.
    pub(crate) classes: Vec<Option<String>>,
    pub(crate) include: Vec<String>,
    pub(crate) unique: bool,
    pub(crate) nulls_distinct: bool,
    pub(crate) concurrently: bool,
    pub(crate) if_not_exists: bool,
    pub(crate) predicate: Option<Expr>,
}

#[derive(Clone, Debug)]
pub(crate) struct CreateSequence {
    pub(crate) name: Name,
    pub(crate) if_not_exists: bool,
    pub(crate) temporary: bool,
    pub(crate) options: SequenceOptions,
}

/// What CREATE and ALTER SEQUENCE say. `Some(None)` is NO MINVALUE, NO MAXVALUE, OWNED BY NONE, a bare RESTART.
#[derive(Clone, Debug, Default)]
pub(crate) struct SequenceOptions {
    pub(crate) typed: Option<Typed>,
    pub(crate) start: Option<i64>,
    pub(crate) increment: Option<i64>,
    pub(crate) minimum: Option<Option<i64>>,
    pub(crate) maximum: Option<Option<i64>>,
    pub(crate) cycle: Option<bool>,
    pub(crate) cache: Option<i64>,
    pub(crate) restart: Option<Option<i64>>,
    /// A table and its column.
    pub(crate) owned_by: Option<Option<(Name, String)>>,
    /// SEQUENCE NAME of an identity column.
    pub(crate) name: Option<Name>,
}

/// What kind of relation a statement says that it speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RelationKind {
    Table,
    View,
    MaterializedView,
    Index,
    Sequence,
}

/// ALTER TABLE, VIEW, MATERIALIZED VIEW, INDEX, and the general part of ALTER SEQUENCE.
#[derive(Clone, Debug)]
pub(crate) struct AlterTable {
    pub(crate) kind: RelationKind,
    pub(crate) table: Name,
    pub(crate) if_exists: bool,
    pub(crate) actions: Vec<AlterAction>,
}

#[derive(Clone, Debug)]
pub(crate) enum AlterAction {
    AddColumn {
        column: ColumnDef,
        if_not_exists: bool,
    },
    DropColumn {
        name: String,
        if_exists: bool,
        cascade: bool,
    },
    AddConstraint(Constraint),
    ValidateConstraint(String),
    /// ALTER CONSTRAINT … [NOT] DEFERRABLE [INITIALLY …]
    AlterConstraint {
        name: String,
        deferrable: bool,
        initially_deferred: bool,
    },
    DropConstraint {
        name: String,
        if_exists: bool,
        cascade: bool,
    },
    RenameColumn {
        from: String,
        to: String,
    },
    RenameTable(String),
    RenameConstraint {
        from: String,
        to: String,
    },
    SetDefault {
        column: String,
        default: Option<Expr>,
    },
    SetNotNull {
        column: String,
        not_null: bool,
    },
    SetType {
        column: String,
        typed: TypeName,
        using: Option<Expr>,
    },
    DropExpression {
        column: String,
        if_exists: bool,
    },
    AddIdentity {
        column: String,
        always: bool,
        options: SequenceOptions,
    },
    /// SET GENERATED, SET sequence options, RESTART.
    SetIdentity {
        column: String,
        always: Option<bool>,
        options: SequenceOptions,
    },
    DropIdentity {
        column: String,
        if_exists: bool,
    },
    SetSchema(String),
    /// What an application does not see: SET STATISTICS, SET STORAGE, SET (…), CLUSTER, SET LOGGED …
    Nothing {
        column: Option<String>,
    },
}

/// What COMMENT ON speaks of.
#[derive(Clone, Debug)]
pub(crate) enum CommentTarget {
    Relation(RelationKind, Name),
    Column(Name, String),
    Constraint(Name, String),
    Schema(String),
    /// A database, a role, an extension, a type …: the word, and the name.
    Other(String, String),
}
