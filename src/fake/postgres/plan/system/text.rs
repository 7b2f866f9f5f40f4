//! Expressions, indexes and constraints as PostgreSQL writes them from the catalog.

use std::sync::Arc;

use super::super::super::catalog::{Catalog, Check, Deferral, ForeignKey, Index, IndexKey, Table};
use super::super::super::functions::quote_identifier as quoted;
use super::super::super::parse::ast::Action;
use super::super::super::types::{Datum, Type, Typed, text};
use super::super::expr::{Comparison, Expr, Operator};

/// What an expression's columns are called.
pub(super) struct Printer<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) columns: Vec<(Arc<str>, Typed)>,
    /// The only column is a domain's value.
    pub(super) of_domain: bool,
}

fn literal(text: &str) -> String {
    let doubled = text.replace('\'', "''");
    if text.contains('\\') {
        format!("E'{}'", doubled.replace('\\', "\\\\"))
    } else {
        format!("'{doubled}'")
    }
}

fn comparison(op: Comparison) -> &'static str {
    match op {
        Comparison::Equal => "=",
        Comparison::NotEqual => "<>",
        Comparison::Less => "<",
        Comparison::LessEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterEqual => ">=",
    }
}

impl<'c> Printer<'c> {
    pub(super) fn of_table(catalog: &'c Catalog, table: &Table) -> Printer<'c> {
        let columns = table.columns.iter().map(|c| (c.name.clone(), c.typed)).collect();
        Printer { catalog, columns, of_domain: false }
    }

    /// The type of the expression, as far as it shows.
    fn ty(&self, expr: &Expr) -> Type {
        match expr {
            Expr::Column(place) => {
                self.columns.get(*place).map_or(Type::UNKNOWN, |column| column.1.ty)
            }
            Expr::Call { function, .. } => function.result,
            Expr::Cast { to, .. } => *to,
            Expr::Fit { typed, .. } => typed.ty,
            Expr::Compare { .. }
            | Expr::And(_)
            | Expr::Or(_)
            | Expr::Not(_)
            | Expr::IsNull { .. }
            | Expr::IsBool { .. }
            | Expr::IsDistinct { .. }
            | Expr::InList { .. }
            | Expr::Quantified { .. } => Type::BOOL,
            Expr::Case { branches, otherwise } => {
                let list = branches.iter().map(|(_, value)| value).chain([&**otherwise]);
                self.first_known(list)
            }
            Expr::Coalesce(args) | Expr::Extreme { args, .. } => self.first_known(args.iter()),
            Expr::Array { element, .. } => element.array().unwrap_or(Type::UNKNOWN),
            Expr::Composite { ty, .. } | Expr::Constrain { ty, .. } => *ty,
            _ => Type::UNKNOWN,
        }
    }

    fn first_known<'e>(&self, list: impl Iterator<Item = &'e Expr>) -> Type {
        list.map(|expr| self.ty(expr)).find(|ty| *ty != Type::UNKNOWN).unwrap_or(Type::UNKNOWN)
    }

    /// The expression where a value of that type is wanted; casts that go without saying are left out.
    pub(super) fn plain(&self, expr: &Expr, wanted: Type) -> String {
        match expr {
            Expr::Const(value) => self.constant(value, wanted, false),
            Expr::Fit { expr, explicit: false, .. } => self.plain(expr, wanted),
            Expr::Cast { expr: inner, from, to } if *to == wanted && *from != wanted => {
                self.show(inner, *from)
            }
            Expr::Constrain { expr, .. } => self.plain(expr, wanted),
            expr => self.show(expr, wanted),
        }
    }

    fn constant(&self, value: &Datum, ty: Type, within: bool) -> String {
        let named = |text: String| format!("{}::{}", literal(&text), ty.name());
        match value {
            Datum::Null => format!("NULL::{}", ty.name()),
            Datum::Bool(value) => value.to_string(),
            Datum::Int(oid) if ty == Type::REGCLASS => {
                let name = u32::try_from(*oid).ok().and_then(|oid| self.catalog.relation_name(oid));
                named(name.unwrap_or_else(|| oid.to_string()))
            }
            Datum::Int(value) if !ty.is_made() => match i32::try_from(*value) {
                Ok(value) if value >= 0 => value.to_string(),
                Ok(value) => format!("'{value}'::integer"),
                Err(_) => format!("'{value}'::bigint"),
            },
            Datum::Float(_) | Datum::Numeric(_) => {
                let shown = text::output(value, ty);
                let number = shown.starts_with(|c: char| c.is_ascii_digit());
                match (number, shown.contains(['.', 'e'])) {
                    (true, true) if ty == Type::NUMERIC => shown,
                    (true, _) if !within => shown,
                    (true, _) => format!("({shown})::{}", ty.name()),
                    (false, false) if !within => format!("'{shown}'::integer"),
                    (false, _) => format!("'{shown}'::{}", ty.name()),
                }
            }
            Datum::Text(value) if ty == Type::UNKNOWN => literal(value),
            value => named(text::output(value, ty)),
        }
    }

    /// An operand: with a cast where its own type is another one.
    fn operand(&self, expr: &Expr, wanted: Type) -> String {
        if let Expr::Const(value) = expr {
            return self.constant(value, wanted, true);
        }
        let own = self.ty(expr);
        let shown = self.show(expr, own);
        let relabelled = matches!(own, Type::VARCHAR | Type::NAME | Type::BPCHAR)
            && matches!(wanted, Type::TEXT | Type::BPCHAR)
            && own != wanted;
        if relabelled { format!("({shown})::{}", wanted.name()) } else { shown }
    }

    /// The type in which two operands meet.
    fn meeting(&self, args: &[&Expr]) -> Type {
        let known: Vec<Type> =
            args.iter().map(|arg| self.ty(arg)).filter(|ty| *ty != Type::UNKNOWN).collect();
        match known.first().copied() {
            Some(Type::VARCHAR | Type::NAME) if known.iter().all(|ty| *ty != Type::BPCHAR) => {
                Type::TEXT
            }
            Some(ty) => ty,
            None => Type::UNKNOWN,
        }
    }

    fn list(&self, args: &[Expr], wanted: &[Type]) -> String {
        let shown = args.iter().enumerate().map(|(place, arg)| {
            let declared = wanted.get(place).or(wanted.last()).copied().unwrap_or(Type::UNKNOWN);
            self.operand(arg, declared)
        });
        shown.collect::<Vec<_>>().join(", ")
    }

    fn joined(&self, args: &[Expr], word: &str) -> String {
        let parts: Vec<String> = args.iter().map(|arg| self.plain(arg, Type::BOOL)).collect();
        format!("({})", parts.join(word))
    }

    fn show(&self, expr: &Expr, wanted: Type) -> String {
        match expr {
            Expr::Const(value) => self.constant(value, wanted, true),
            Expr::Column(_) if self.of_domain => "VALUE".into(),
            Expr::Column(place) => {
                self.columns.get(*place).map_or_else(|| "?".into(), |c| quoted(&c.0))
            }
            Expr::Call { function, args } => self.call(function.name, function.args, args),
            Expr::Compare { op, args } => {
                let ty = self.meeting(&[&args.0, &args.1]);
                let (left, right) = (self.operand(&args.0, ty), self.operand(&args.1, ty));
                format!("({left} {} {right})", comparison(*op))
            }
            Expr::And(args) => self.joined(args, " AND "),
            Expr::Or(args) => self.joined(args, " OR "),
            Expr::Not(expr) => format!("(NOT {})", self.plain(expr, Type::BOOL)),
            Expr::IsNull { expr, negated } => {
                let not = if *negated { " NOT" } else { "" };
                format!("({} IS{not} NULL)", self.show(expr, self.ty(expr)))
            }
            Expr::IsBool { expr, value, negated } => {
                let not = if *negated { " NOT" } else { "" };
                let value = value.map_or("UNKNOWN", |value| if value { "TRUE" } else { "FALSE" });
                format!("({} IS{not} {value})", self.plain(expr, Type::BOOL))
            }
            Expr::IsDistinct { args, negated } => {
                let not = if *negated { " NOT" } else { "" };
                let ty = self.meeting(&[&args.0, &args.1]);
                let (left, right) = (self.operand(&args.0, ty), self.operand(&args.1, ty));
                format!("({left} IS{not} DISTINCT FROM {right})")
            }
            Expr::InList { expr, list, negated } => self.in_list(expr, list, *negated),
            Expr::Quantified { args, op, all } => {
                let op = match op {
                    Operator::Compare(op) => comparison(*op),
                    Operator::Call(function) => function.name,
                };
                let element = self.ty(&args.1).element().unwrap_or(self.ty(&args.0));
                let array = match &args.1 {
                    Expr::Const(value) => {
                        self.constant(value, element.array().unwrap_or(Type::UNKNOWN), true)
                    }
                    array => self.show(array, self.ty(array)),
                };
                let word = if *all { "ALL" } else { "ANY" };
                format!("({} {op} {word} ({array}))", self.operand(&args.0, element))
            }
            Expr::Case { branches, otherwise } => self.case(branches, otherwise, wanted),
            Expr::Coalesce(args) => {
                let ty = self.first_known(args.iter());
                format!("COALESCE({})", self.plain_list(args, ty))
            }
            Expr::Extreme { args, greatest } => {
                let ty = self.first_known(args.iter());
                let name = if *greatest { "GREATEST" } else { "LEAST" };
                format!("{name}({})", self.plain_list(args, ty))
            }
            Expr::Cast { expr, from, to } => {
                if let Expr::Const(value) = &**expr {
                    return format!(
                        "{}::{}",
                        literal(value.as_text().unwrap_or_default()),
                        to.name()
                    );
                }
                format!("({})::{}", self.show(expr, *from), to.name())
            }
            Expr::Fit { expr, typed, .. } => {
                let inner = self.ty(expr);
                let inner = if inner == Type::UNKNOWN { typed.ty } else { inner };
                format!("({})::{}", self.show(expr, inner), typed.describe())
            }
            Expr::Constrain { expr, ty } => format!("({})::{}", self.show(expr, *ty), ty.name()),
            Expr::Row(args) | Expr::Composite { items: args, .. } => {
                format!("ROW({})", self.plain_list(args, Type::UNKNOWN))
            }
            Expr::Array { element, items } if items.is_empty() => {
                format!("ARRAY[]::{}[]", element.name())
            }
            Expr::Array { element, items } => {
                format!("ARRAY[{}]", self.plain_list(items, *element))
            }
            Expr::Subscript(args) => {
                let subscript = self.plain(&args.1, Type::INT4);
                format!("{}[{subscript}]", self.show(&args.0, self.ty(&args.0)))
            }
            _ => "?".into(),
        }
    }

    fn plain_list(&self, args: &[Expr], wanted: Type) -> String {
        args.iter().map(|arg| self.plain(arg, wanted)).collect::<Vec<_>>().join(", ")
    }

    fn call(&self, name: &str, declared: &[Type], args: &[Expr]) -> String {
        let own: Vec<Type> = args.iter().map(|arg| self.ty(arg)).collect();
        let kept: Vec<Type> = declared
            .iter()
            .zip(&own)
            .map(|(declared, own)| {
                let relabelled = matches!(*declared, Type::TEXT | Type::BPCHAR);
                let unknown = *own == Type::UNKNOWN;
                if relabelled || unknown { *declared } else { *own }
            })
            .collect();
        if name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            return match (name, args) {
                ("current_timestamp" | "current_date" | "localtimestamp" | "current_time", []) => {
                    name.to_ascii_uppercase()
                }
                ("extract", [Expr::Const(Datum::Text(field)), from]) => {
                    format!("EXTRACT({field} FROM {})", self.operand(from, kept[1]))
                }
                ("btrim", [only]) => format!("TRIM(BOTH FROM {})", self.operand(only, kept[0])),
                ("timezone", [zone, at]) => {
                    let (at, zone) = (self.operand(at, kept[1]), self.operand(zone, kept[0]));
                    format!("({at} AT TIME ZONE {zone})")
                }
                ("substring" | "position" | "overlay", _) => {
                    format!("\"{name}\"({})", self.list(args, &kept))
                }
                _ => format!("{name}({})", self.list(args, &kept)),
            };
        }
        match args {
            [only] => format!("({name} {})", self.operand(only, kept[0])),
            [left, right] => {
                format!("({} {name} {})", self.operand(left, kept[0]), self.operand(right, kept[1]))
            }
            _ => format!("{name}({})", self.list(args, &kept)),
        }
    }

    fn in_list(&self, expr: &Expr, list: &[Expr], negated: bool) -> String {
        let own = self.ty(expr);
        let op = if negated { "<> ALL" } else { "= ANY" };
        let items = self.plain_list(list, own);
        if own == Type::VARCHAR {
            let left = self.operand(expr, Type::TEXT);
            return format!("({left} {op} ((ARRAY[{items}])::text[]))");
        }
        format!("({} {op} (ARRAY[{items}]))", self.operand(expr, own))
    }

    fn case(&self, branches: &[(Expr, Expr)], otherwise: &Expr, wanted: Type) -> String {
        if let ([(Expr::Compare { op: Comparison::Equal, args }, Expr::Const(Datum::Null))], other) =
            (branches, otherwise)
            && args.0 == *other
        {
            let ty = self.meeting(&[&args.0, &args.1]);
            return format!("NULLIF({}, {})", self.operand(&args.0, ty), self.operand(&args.1, ty));
        }
        let values = branches.iter().map(|(_, value)| value).chain([otherwise]);
        let ty = match self.first_known(values) {
            Type::UNKNOWN => wanted,
            ty => ty,
        };
        let mut out = String::from("\nCASE");
        for (condition, value) in branches {
            let (condition, value) = (self.plain(condition, Type::BOOL), self.plain(value, ty));
            out.push_str(&format!("\n    WHEN {condition} THEN {value}"));
        }
        out.push_str(&format!("\n    ELSE {}\nEND", self.plain(otherwise, ty)));
        out
    }
}

/// What follows a constraint that is not checked at once, or not of all rows.
fn marks(deferral: Deferral, valid: bool) -> String {
    let mut out = match deferral {
        Deferral::Never => "",
        Deferral::Immediate => " DEFERRABLE",
        Deferral::Deferred => " DEFERRABLE INITIALLY DEFERRED",
    }
    .to_owned();
    if !valid {
        out.push_str(" NOT VALID");
    }
    out
}

fn names(table: &Table, places: &[usize]) -> String {
    let list: Vec<String> = places
        .iter()
        .filter_map(|place| table.columns.get(*place))
        .map(|column| quoted(&column.name))
        .collect();
    list.join(", ")
}

/// The expression, to be read again.
pub(crate) fn expression_text(catalog: &Catalog, table: &Table, expr: &Expr) -> String {
    let printer = Printer::of_table(catalog, table);
    printer.plain(expr, printer.ty(expr))
}

/// An index's key as an error shows it, and its type.
pub(crate) fn key_text(catalog: &Catalog, table: &Table, expr: &Expr) -> (String, Type) {
    let printer = Printer::of_table(catalog, table);
    let ty = printer.ty(expr);
    let mut shown = printer.plain(expr, ty);
    // A cast of a name or a number alone needs no brackets.
    let mut from = 0;
    while let Some(end) = shown[from..].find(")::").map(|at| at + from) {
        let bare = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '$');
        let start = shown[..end].rfind(|c| !bare(c)).unwrap_or(0);
        let called = shown[..start].ends_with(bare);
        if shown[start..].starts_with('(') && start + 1 < end && !called {
            shown.remove(end);
            shown.remove(start);
        }
        from = end.max(start + 1);
    }
    (shown, ty)
}

/// `CHECK ((n > 0))`
pub(super) fn check(catalog: &Catalog, table: &Table, check: &Check) -> String {
    let shown = Printer::of_table(catalog, table).plain(&check.expr, Type::BOOL);
    format!("CHECK ({shown}){}", marks(Deferral::Never, check.valid))
}

/// `PRIMARY KEY (id)`
pub(super) fn key(table: &Table, index: &Index) -> String {
    let word = match (index.primary, index.nulls_distinct) {
        (true, _) => "PRIMARY KEY",
        (false, true) => "UNIQUE",
        (false, false) => "UNIQUE NULLS NOT DISTINCT",
    };
    let mut out = format!("{word} ({})", names(table, &index.columns().unwrap_or_default()));
    if !index.include.is_empty() {
        out.push_str(&format!(" INCLUDE ({})", names(table, &index.include)));
    }
    out + &marks(index.deferral, true)
}

/// `FOREIGN KEY (a) REFERENCES b(id) ON DELETE CASCADE`
pub(super) fn foreign_key(catalog: &Catalog, table: &Table, key: &ForeignKey) -> String {
    let parent = catalog.table(key.parent).ok();
    let parent_columns =
        parent.map(|parent| names(parent, &key.parent_columns)).unwrap_or_default();
    let mut out = format!(
        "FOREIGN KEY ({}) REFERENCES {}({parent_columns})",
        names(table, &key.columns),
        catalog.relation_name(key.parent).unwrap_or_default(),
    );
    if key.full {
        out.push_str(" MATCH FULL");
    }
    for (event, action) in [("UPDATE", key.on_update), ("DELETE", key.on_delete)] {
        let word = action_word(action);
        if action != Action::NoAction {
            out.push_str(&format!(" ON {event} {word}"));
        }
    }
    if !key.set_columns.is_empty() {
        out.push_str(&format!(" ({})", names(table, &key.set_columns)));
    }
    out + &marks(key.deferral, key.valid)
}

pub(super) fn action_word(action: Action) -> &'static str {
    match action {
        Action::NoAction => "NO ACTION",
        Action::Restrict => "RESTRICT",
        Action::Cascade => "CASCADE",
        Action::SetNull => "SET NULL",
        Action::SetDefault => "SET DEFAULT",
    }
}

/// One key of an index, without its order.
pub(super) fn index_key(catalog: &Catalog, table: &Table, key: &IndexKey) -> String {
    match key {
        IndexKey::Column(place) => names(table, &[*place]),
        IndexKey::Expr(expr) => {
            let printer = Printer::of_table(catalog, table);
            let shown = printer.plain(expr, printer.ty(expr));
            let is_call = matches!(&**expr, Expr::Call { function, .. }
                if function.name.starts_with(|c: char| c.is_ascii_alphabetic()))
                || matches!(&**expr, Expr::Coalesce(_) | Expr::Extreme { .. });
            if is_call { shown } else { format!("({shown})") }
        }
    }
}

/// `CREATE INDEX name ON public.t USING btree (a)`
pub(super) fn index(catalog: &Catalog, table: &Table, index: &Index) -> String {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let keys: Vec<String> = index
        .keys
        .iter()
        .zip(&index.order)
        .map(|(key, (descending, nulls_first))| {
            let order = match (descending, nulls_first) {
                (false, false) => "",
                (false, true) => " NULLS FIRST",
                (true, true) => " DESC",
                (true, false) => " DESC NULLS LAST",
            };
            index_key(catalog, table, key) + order
        })
        .collect();
    let mut out = format!(
        "CREATE {unique}INDEX {} ON {}.{} USING {} ({})",
        quoted(&index.name),
        quoted(catalog.schema_name(table.schema)),
        quoted(&table.name),
        index.method,
        keys.join(", ")
    );
    if !index.include.is_empty() {
        out.push_str(&format!(" INCLUDE ({})", names(table, &index.include)));
    }
    if !index.nulls_distinct {
        out.push_str(" NULLS NOT DISTINCT");
    }
    if let Some(predicate) = &index.predicate {
        let shown = Printer::of_table(catalog, table).plain(predicate, Type::BOOL);
        out.push_str(&format!(" WHERE {shown}"));
    }
    out
}

/// The default of a column, or what it is generated from.
pub(super) fn default(catalog: &Catalog, table: &Table, place: usize) -> Option<String> {
    let column = table.columns.get(place)?;
    if column.identity.is_some() {
        return None;
    }
    let expr = column.generated.as_ref().or(column.default.as_ref())?;
    let printer = Printer::of_table(catalog, table);
    if let (Expr::Const(value @ Datum::Numeric(_)), true) = (&**expr, column.typed.modifier >= 0) {
        // The column's scale has been applied to it, which does not show.
        let shown = printer.constant(value, column.typed.ty, false);
        let short = shown.trim_end_matches('0').trim_end_matches('.');
        let short = if shown.contains('.') { short } else { &shown };
        return Some(short.to_owned());
    }
    Some(printer.plain(expr, column.typed.ty))
}
