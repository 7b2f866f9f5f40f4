//! Views, schemas, types and domains.

use super::super::super::errors::{R, fail, pg};
use super::super::ast::{
    AlterDomain, AlterType, Attribute, Beside, CheckOption, ConstraintKind, CreateDomain,
    CreateSchema, CreateTableAs, CreateType, CreateView, Cte, Distinct, Expr, Item, Name,
    Persistence, Query, RelationKind, Select, SetExpr, Statement, TableRef, With,
};
use super::super::cursor::Parser;
use super::super::keywords::K;
use super::super::lexer::Kind;
use super::refused;
use super::storage::Owner;

/// `WITH RECURSIVE v (a, b) AS (query) SELECT a, b FROM v`
fn recursive_view(name: &str, columns: &[String], query: Query) -> Query {
    let body = Statement::Query(Box::new(query));
    let cte = Cte { name: name.to_owned(), columns: columns.to_vec(), body };
    let items = columns
        .iter()
        .map(|column| Item::Expr { expr: Expr::Column(vec![column.clone()]), alias: None });
    let from = TableRef::Table { name: Name::plain(name), alias: None, columns: vec![] };
    let select = Select {
        distinct: Distinct::No,
        items: items.collect(),
        from: vec![from],
        filter: None,
        group_by: vec![],
        group_distinct: false,
        having: None,
        windows: vec![],
    };
    Query {
        with: With { recursive: true, list: vec![cte] },
        body: SetExpr::Select(Box::new(select)),
        order_by: vec![],
        limit: None,
        with_ties: false,
        offset: None,
        locks: vec![],
    }
}

impl Parser<'_> {
    /// `WITH (check_option = …)`
    fn check_option(&mut self, value: Option<&str>) -> Option<CheckOption> {
        match value {
            Some("local") => Some(CheckOption::Local),
            Some("cascaded") => Some(CheckOption::Cascaded),
            value => {
                let given = value.unwrap_or("true");
                let message = format!("invalid value for enum option \"check_option\": {given}");
                let detail = "Valid values are \"local\" and \"cascaded\".";
                self.later(pg("22023", message).with_detail(detail));
                None
            }
        }
    }

    pub(super) fn create_view(
        &mut self,
        persistence: Persistence,
        or_replace: bool,
    ) -> R<Statement> {
        if persistence == Persistence::Unlogged {
            return self.unexpected();
        }
        let recursive = self.eat(K::Recursive);
        self.expect(K::View)?;
        let name = self.relation()?;
        let columns =
            if recursive || self.is_char(b'(') { self.bracketed(Self::col_id)? } else { vec![] };
        let mut check = None;
        if self.eat(K::With) {
            for (option, value) in self.reloptions(Owner::View)? {
                if option == "check_option" {
                    check = self.check_option(value.as_deref());
                }
            }
        }
        self.expect(K::As)?;
        let mut query = self.query()?;
        if self.eat(K::With) {
            check = Some(CheckOption::Cascaded);
            if !self.eat(K::Cascaded) && self.eat(K::Local) {
                check = Some(CheckOption::Local);
            }
            self.expect_all(&[K::Check, K::Option])?;
        }
        if recursive {
            if check.is_some() {
                return fail("0A000", "WITH CHECK OPTION not supported on recursive views");
            }
            query = recursive_view(&name.name, &columns, query);
        }
        Ok(Statement::CreateView(Box::new(CreateView {
            name,
            or_replace,
            temporary: persistence == Persistence::Temporary,
            columns,
            query,
            check,
        })))
    }

    pub(super) fn create_materialized(&mut self) -> R<Statement> {
        self.expect_all(&[K::Materialized, K::View])?;
        let if_not_exists = self.if_not_exists()?;
        let name = self.relation()?;
        let columns = self.optional_columns()?;
        let on_commit = self.table_options()?;
        self.expect(K::As)?;
        let query = self.query()?;
        let with_data = self.with_data()?;
        Ok(Statement::CreateTableAs(Box::new(CreateTableAs {
            name,
            columns,
            query,
            if_not_exists,
            persistence: Persistence::Permanent,
            on_commit,
            with_data,
            materialized: true,
        })))
    }

    pub(in super::super) fn refresh(&mut self) -> R<Statement> {
        self.expect_all(&[K::Refresh, K::Materialized, K::View])?;
        let concurrently = self.eat(K::Concurrently);
        let name = self.relation()?;
        let with_data = self.with_data()?;
        Ok(Statement::RefreshView { name, concurrently, with_data })
    }

    pub(super) fn alter_view(&mut self) -> R<Statement> {
        let materialized = self.eat(K::Materialized);
        self.expect(K::View)?;
        let kind = if materialized { RelationKind::MaterializedView } else { RelationKind::View };
        self.alter_relation(kind)
    }

    pub(super) fn create_schema(&mut self) -> R<Statement> {
        self.expect(K::Schema)?;
        let if_not_exists = self.if_not_exists()?;
        let mut name = None;
        if !self.is(K::Authorization) {
            name = Some(self.col_id()?);
        }
        if self.eat(K::Authorization) {
            let role = self.role()?;
            name.get_or_insert(role);
        }
        let mut elements = vec![];
        while self.is(K::Create) {
            elements.push(self.create()?);
        }
        if if_not_exists && !elements.is_empty() {
            return fail("0A000", "CREATE SCHEMA IF NOT EXISTS cannot include schema elements");
        }
        let name = name.unwrap_or_default();
        Ok(Statement::CreateSchema(Box::new(CreateSchema { name, if_not_exists, elements })))
    }

    /// The one role that there is, by whatever name it is called.
    pub(super) fn role(&mut self) -> R<String> {
        let role = self.non_reserved_or_current()?;
        match role.as_str() {
            "postgres" | "current_user" | "session_user" | "current_role" => Ok("postgres".into()),
            other => {
                let message = format!("role \"{other}\" does not exist");
                self.later(pg("42704", message));
                Ok(role)
            }
        }
    }

    fn non_reserved_or_current(&mut self) -> R<String> {
        match self.kind() {
            Kind::Word(K::CurrentUser | K::SessionUser | K::CurrentRole) => Ok(self.take_name()),
            _ => self.non_reserved_word(),
        }
    }

    pub(super) fn alter_schema(&mut self) -> R<Statement> {
        self.expect(K::Schema)?;
        let name = self.col_id()?;
        let mut rename = None;
        if self.eat(K::Rename) {
            self.expect(K::To)?;
            rename = Some(self.col_id()?);
        } else {
            self.expect_all(&[K::Owner, K::To])?;
            self.role()?;
        }
        Ok(Statement::AlterSchema { name, rename })
    }

    pub(super) fn create_type(&mut self) -> R<Statement> {
        self.expect(K::Type)?;
        let name = self.any_name()?;
        if !self.eat(K::As) {
            if !self.is_end() && !self.is_char(b'(') {
                return self.unexpected();
            }
            self.refuse("CREATE TYPE of a base type");
            self.skip_rest();
            return Ok(refused());
        }
        let definition = match self.kind() {
            Kind::Word(K::Enum) => {
                self.advance();
                self.expect_char(b'(')?;
                let labels = if self.is_char(b')') { vec![] } else { self.list(Self::string)? };
                self.expect_char(b')')?;
                CreateType::Enum(labels)
            }
            Kind::Word(K::Range) => {
                self.advance();
                self.reloptions(Owner::Any)?;
                self.refuse("CREATE TYPE … AS RANGE");
                return Ok(refused());
            }
            _ => {
                self.expect_char(b'(')?;
                let attributes =
                    if self.is_char(b')') { vec![] } else { self.list(Self::attribute)? };
                self.expect_char(b')')?;
                CreateType::Composite(attributes)
            }
        };
        Ok(Statement::CreateType { name, definition })
    }

    fn attribute(&mut self) -> R<Attribute> {
        let name = self.col_id()?;
        let typed = self.type_name()?;
        if self.eat(K::Collate) {
            self.collation_of(&typed)?;
        }
        Ok(Attribute { name, typed })
    }

    pub(super) fn alter_type(&mut self) -> R<Statement> {
        self.expect(K::Type)?;
        let name = self.any_name()?;
        let Kind::Word(word @ (K::Rename | K::Add | K::Owner | K::Set | K::Drop | K::Alter)) =
            self.kind()
        else {
            return self.unexpected();
        };
        self.advance();
        let action = match word {
            K::Rename => self.rename_in_type()?,
            K::Add if self.eat(K::Value) => {
                let if_not_exists = self.if_not_exists()?;
                let value = self.string()?;
                let place = match self.kind() {
                    Kind::Word(K::Before | K::After) => {
                        let before = self.is(K::Before);
                        self.advance();
                        Some(Beside { value: self.string()?, before })
                    }
                    _ => None,
                };
                AlterType::AddValue { value, if_not_exists, place }
            }
            K::Owner => {
                self.expect(K::To)?;
                self.role()?;
                self.refuse("ALTER TYPE OWNER TO");
                return Ok(refused());
            }
            K::Set if self.is(K::Schema) => {
                self.advance();
                self.col_id()?;
                self.refuse("ALTER TYPE SET SCHEMA");
                return Ok(refused());
            }
            K::Add | K::Drop | K::Alter => {
                self.expect(K::Attribute)?;
                let action = self.alter_attribute(word)?;
                if self.eat_char(b',') {
                    self.refuse("several actions in one ALTER TYPE");
                    self.skip_rest();
                }
                action
            }
            _ => {
                self.refuse("this form of ALTER TYPE");
                self.skip_rest();
                return Ok(refused());
            }
        };
        Ok(Statement::AlterType { name, action })
    }

    fn rename_in_type(&mut self) -> R<AlterType> {
        if self.eat(K::To) {
            return Ok(AlterType::RenameTo(self.col_id()?));
        }
        if self.eat(K::Value) {
            let from = self.string()?;
            self.expect(K::To)?;
            return Ok(AlterType::RenameValue { from, to: self.string()? });
        }
        self.expect(K::Attribute)?;
        let from = self.col_id()?;
        self.expect(K::To)?;
        let to = self.col_id()?;
        self.cascade();
        Ok(AlterType::RenameAttribute { from, to })
    }

    fn alter_attribute(&mut self, word: K) -> R<AlterType> {
        let action = match word {
            K::Add => AlterType::AddAttribute(self.attribute()?),
            K::Drop => {
                let if_exists = self.if_exists()?;
                AlterType::DropAttribute { name: self.col_id()?, if_exists }
            }
            _ => {
                let name = self.col_id()?;
                if self.eat(K::Set) {
                    self.expect(K::Data)?;
                }
                self.expect(K::Type)?;
                AlterType::RetypeAttribute(Attribute { name, typed: self.type_name()? })
            }
        };
        self.cascade();
        Ok(action)
    }

    pub(super) fn create_domain(&mut self) -> R<Statement> {
        self.expect(K::Domain)?;
        let name = self.any_name()?;
        self.eat(K::As);
        let base = self.type_name()?;
        let def = self.column_options("", &base, false)?;
        let mut checks = vec![];
        if def.identity.is_some() || def.generated.is_some() {
            self.refuse("GENERATED in a domain");
        }
        for constraint in def.constraints {
            match constraint.kind {
                ConstraintKind::Check { expr } => checks.push((constraint.name, expr)),
                ConstraintKind::Unique { .. } => self.domain_problem("unique"),
                ConstraintKind::PrimaryKey { .. } | ConstraintKind::UsingIndex { .. } => {
                    self.domain_problem("primary key")
                }
                ConstraintKind::ForeignKey { .. } => self.domain_problem("foreign key"),
            }
        }
        Ok(Statement::CreateDomain(Box::new(CreateDomain {
            name,
            base,
            default: def.default,
            not_null: def.not_null,
            checks,
        })))
    }

    fn domain_problem(&mut self, what: &str) {
        let message = format!("{what} constraints not possible for domains");
        self.later(super::super::super::errors::pg("42601", message));
    }

    pub(super) fn alter_domain(&mut self) -> R<Statement> {
        self.expect(K::Domain)?;
        let name = self.any_name()?;
        let Kind::Word(word @ (K::Set | K::Drop | K::Add | K::Validate | K::Rename | K::Owner)) =
            self.kind()
        else {
            return self.unexpected();
        };
        self.advance();
        let action = match (word, self.kind()) {
            (K::Set, Kind::Word(K::Default)) => {
                self.advance();
                AlterDomain::SetDefault(Some(self.expr()?))
            }
            (K::Drop, Kind::Word(K::Default)) => {
                self.advance();
                AlterDomain::SetDefault(None)
            }
            (K::Set | K::Drop, Kind::Word(K::Not)) => {
                self.advance();
                self.expect(K::Null)?;
                AlterDomain::SetNotNull(word == K::Set)
            }
            (K::Add, _) => {
                let name = if self.eat(K::Constraint) { Some(self.col_id()?) } else { None };
                if !self.is(K::Check) {
                    return self.unexpected();
                }
                let ConstraintKind::Check { expr } = self.check()? else {
                    return self.unexpected();
                };
                let not_valid = self.constraint_attributes()?.not_valid;
                AlterDomain::AddCheck { name, expr, not_valid }
            }
            (K::Drop, Kind::Word(K::Constraint)) => {
                self.advance();
                let if_exists = self.if_exists()?;
                let name = self.col_id()?;
                self.cascade();
                AlterDomain::DropConstraint { name, if_exists }
            }
            (K::Validate, Kind::Word(K::Constraint)) => {
                self.advance();
                AlterDomain::ValidateConstraint(self.col_id()?)
            }
            (K::Rename, Kind::Word(K::To)) => {
                self.advance();
                AlterDomain::RenameTo(self.col_id()?)
            }
            (K::Rename, Kind::Word(K::Constraint)) => {
                self.advance();
                let from = self.col_id()?;
                self.expect(K::To)?;
                AlterDomain::RenameConstraint { from, to: self.col_id()? }
            }
            (K::Owner | K::Set, _) => {
                self.refuse("this form of ALTER DOMAIN");
                self.skip_rest();
                return Ok(refused());
            }
            _ => return self.unexpected(),
        };
        Ok(Statement::AlterDomain { name, action: Box::new(action) })
    }
}
