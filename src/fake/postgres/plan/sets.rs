//! Functions that return sets: in FROM, and in the list of SELECT.

use std::sync::Arc;

use super::super::errors::{R, fail, unsupported};
use super::super::parse::ast::TypeName;
use super::super::types::cast::Context;
use super::super::types::{Datum, Kind, Type, Typed, made};
use super::binder::Binder;
use super::expr::{Bound, Expr, Fields, Output};

/// A set in the list of SELECT.
#[derive(Clone, Debug)]
pub(crate) struct SetCall {
    pub(crate) function: SetFunction,
    pub(crate) args: Vec<Expr>,
    /// The type and the fields of its rows, which come as one value; `None` of a single value.
    pub(crate) record: Option<(Type, Fields)>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SetFunction {
    GenerateSeries(Type),
    GenerateSubscripts,
    /// One column for each argument.
    Unnest,
    /// The values as text; of a `json`, which keeps its text.
    ArrayElements {
        text: bool,
        json: bool,
    },
    Each {
        text: bool,
        json: bool,
    },
    ObjectKeys {
        json: bool,
    },
    /// The columns that the alias declares; one row, or one for each element.
    Record {
        columns: Arc<[(Arc<str>, Typed)]>,
        many: bool,
        json: bool,
    },
    /// A row of that composite type, or many.
    Populate {
        ty: Type,
        fields: Arc<[(Arc<str>, Typed)]>,
        many: bool,
        json: bool,
    },
    RegexpMatches,
    /// What a SQL/JSON path finds.
    PathQuery,
    RegexpSplit,
    StringToTable,
}

/// What a function that returns a set is, with its arguments and columns.
pub(super) struct Chosen {
    pub(super) function: SetFunction,
    pub(super) args: Vec<Expr>,
    pub(super) columns: Vec<Output>,
}

/// Whether the name is one of a function that returns a set.
pub(super) fn is_set(name: &str) -> bool {
    matches!(
        name,
        "generate_series"
            | "generate_subscripts"
            | "unnest"
            | "jsonb_array_elements"
            | "jsonb_array_elements_text"
            | "json_array_elements"
            | "json_array_elements_text"
            | "jsonb_each"
            | "jsonb_each_text"
            | "json_each"
            | "json_each_text"
            | "jsonb_object_keys"
            | "json_object_keys"
            | "jsonb_to_recordset"
            | "json_to_recordset"
            | "jsonb_to_record"
            | "json_to_record"
            | "jsonb_populate_record"
            | "json_populate_record"
            | "jsonb_populate_recordset"
            | "json_populate_recordset"
            | "regexp_matches"
            | "regexp_split_to_table"
            | "string_to_table"
            | "jsonb_path_query"
    )
}

impl Binder<'_> {
    /// A set in the list of SELECT: a placeholder for its column.
    pub(super) fn set_call(&mut self, name: &str, args: Vec<Bound>) -> R<Bound> {
        let scope = self.scope()?;
        if scope.in_aggregate {
            return fail(
                "0A000",
                "aggregate function calls cannot contain set-returning function calls",
            );
        }
        if scope.in_window {
            return fail(
                "0A000",
                "window function calls cannot contain set-returning function calls",
            );
        }
        if scope.extras.is_none() {
            let place = scope.place;
            return fail("0A000", format!("set-returning functions are not allowed in {place}"));
        }
        if args.iter().any(|arg| arg.expr.any(&|expr| matches!(expr, Expr::Set(_)))) {
            return Err(unsupported("a set-returning function within another one"));
        }
        let Chosen { function, args, columns } = self.choose_set(name, args, &[])?;
        let (typed, record) = match (&function, &columns[..]) {
            (SetFunction::Populate { ty, .. }, columns) => {
                let fields: Fields =
                    columns.iter().map(|column| (column.name.clone(), column.typed.ty)).collect();
                (Typed::plain(*ty), Some((*ty, fields)))
            }
            (_, [column]) => (column.typed, None),
            (_, columns) if name == "unnest" => {
                let list = vec!["unknown"; columns.len()].join(", ");
                return fail("42883", format!("function {name}({list}) does not exist"));
            }
            (_, columns) => {
                let fields: Fields =
                    columns.iter().map(|column| (column.name.clone(), column.typed.ty)).collect();
                let typed = self.record(fields.clone(), Box::new([]), false).typed;
                (typed, Some((Type::RECORD, fields)))
            }
        };
        let Some(extras) = self.scope()?.extras.as_mut() else {
            return Err(super::super::errors::internal("no place for a set"));
        };
        extras.sets.push(SetCall { function, args, record });
        Ok(Bound { expr: Expr::Set(extras.sets.len() - 1), typed })
    }

    /// Chooses by name and arguments. `declared` are the columns of an alias with types.
    pub(super) fn choose_set(
        &mut self,
        name: &str,
        args: Vec<Bound>,
        declared: &[(String, TypeName)],
    ) -> R<Chosen> {
        let args: Vec<Bound> = args
            .into_iter()
            .map(|arg| Bound { typed: made::base_typed(arg.typed), ..arg })
            .collect();
        let types: Vec<Type> = args.iter().map(Bound::ty).collect();
        let missing = || {
            let list: Vec<_> = types.iter().map(|ty| ty.name()).collect();
            fail("42883", format!("function {name}({}) does not exist", list.join(", ")))
        };
        if !declared.is_empty() && !name.ends_with("_to_record") && !name.ends_with("_to_recordset")
        {
            return fail(
                "42601",
                "a column definition list is only allowed for functions returning \"record\"",
            );
        }
        let json = name.starts_with("json_");
        let document = if json { Type::JSON } else { Type::JSONB };
        let text = name.ends_with("_text");
        let value = if text { Type::TEXT } else { document };
        let one = |name: &str, ty| vec![column(name, ty)];
        let (function, wanted, columns) = match (name, args.len()) {
            ("generate_series", 2 | 3) => return self.series(args, &types),
            ("unnest", 1..) => return self.unnest(args),
            ("generate_subscripts", 2) if types[0].element().is_some() => {
                (SetFunction::GenerateSubscripts, vec![types[0], Type::INT4], one(name, Type::INT4))
            }
            (
                "jsonb_array_elements"
                | "jsonb_array_elements_text"
                | "json_array_elements"
                | "json_array_elements_text",
                1,
            ) => (SetFunction::ArrayElements { text, json }, vec![document], one("value", value)),
            ("jsonb_each" | "jsonb_each_text" | "json_each" | "json_each_text", 1) => (
                SetFunction::Each { text, json },
                vec![document],
                vec![column("key", Type::TEXT), column("value", value)],
            ),
            ("jsonb_object_keys" | "json_object_keys", 1) => {
                (SetFunction::ObjectKeys { json }, vec![document], one(name, Type::TEXT))
            }
            (
                "jsonb_to_recordset" | "json_to_recordset" | "jsonb_to_record" | "json_to_record",
                1,
            ) => {
                if declared.is_empty() {
                    return fail(
                        "42601",
                        "a column definition list is required for functions returning \"record\"",
                    );
                }
                let columns: Arc<[(Arc<str>, Typed)]> = declared
                    .iter()
                    .map(|(name, typed)| Ok((name.as_str().into(), self.type_of(typed)?)))
                    .collect::<R<_>>()?;
                let outputs = columns
                    .iter()
                    .map(|(name, typed)| Output { name: name.clone(), typed: *typed })
                    .collect();
                let many = name.ends_with("set");
                (SetFunction::Record { columns, many, json }, vec![document], outputs)
            }
            (
                "jsonb_populate_record"
                | "json_populate_record"
                | "jsonb_populate_recordset"
                | "json_populate_recordset",
                2 | 3,
            ) if args.len() == 2 || json => return self.populated(name, args),
            ("jsonb_path_query", 2..=4) => {
                let all = [Type::JSONB, Type::JSONPATH, Type::JSONB, Type::BOOL];
                (SetFunction::PathQuery, all[..args.len()].to_vec(), one(name, Type::JSONB))
            }
            ("regexp_matches", 2 | 3) => (
                SetFunction::RegexpMatches,
                vec![Type::TEXT; args.len()],
                one(name, Type::TEXT_ARRAY),
            ),
            ("regexp_split_to_table", 2 | 3) => {
                (SetFunction::RegexpSplit, vec![Type::TEXT; args.len()], one(name, Type::TEXT))
            }
            ("string_to_table", 2 | 3) => {
                (SetFunction::StringToTable, vec![Type::TEXT; args.len()], one(name, Type::TEXT))
            }
            _ if is_set(name) || super::super::functions::named(name).is_empty() => {
                return missing();
            }
            _ => return Err(unsupported(format!("the function {name}() in FROM"))),
        };
        let mut exprs = vec![];
        for (arg, ty) in args.into_iter().zip(wanted) {
            match self.try_coerce(arg, ty, Context::Implicit)? {
                Some(arg) => exprs.push(arg.expr),
                None => return missing(),
            }
        }
        Ok(Chosen { function, args: exprs, columns })
    }

    /// `json_populate_record` and its kin: what the first argument is a row of is what comes.
    fn populated(&mut self, name: &str, mut args: Vec<Bound>) -> R<Chosen> {
        args.truncate(2);
        let json = name.starts_with("json_");
        let ty = args[0].ty();
        let fields = match ty.kind() {
            Some(Kind::Composite) => self.fields_of(Typed::plain(ty)).unwrap_or_default(),
            None if ty == Type::UNKNOWN => {
                return fail(
                    "42804",
                    "could not determine polymorphic type because input has type unknown",
                );
            }
            _ if ty.is_row() => return Err(unsupported(format!("{name}() of a record"))),
            _ => return fail("42804", format!("first argument of {name} must be a row type")),
        };
        let columns: Vec<Output> = fields
            .iter()
            .map(|field| Output { name: field.name.clone(), typed: field.typed })
            .collect();
        let fields = fields.iter().map(|field| (field.name.clone(), field.typed)).collect();
        let document = if json { Type::JSON } else { Type::JSONB };
        let mut exprs = vec![args.remove(0).expr];
        let given = args[0].ty();
        let Some(value) = self.try_coerce(args.remove(0), document, Context::Implicit)? else {
            let list = format!("{}, {}", ty.name(), given.name());
            return fail("42883", format!("function {name}({list}) does not exist"));
        };
        exprs.push(value.expr);
        let many = name.ends_with("set");
        let function = SetFunction::Populate { ty, fields, many, json };
        Ok(Chosen { function, args: exprs, columns })
    }

    fn series(&mut self, args: Vec<Bound>, types: &[Type]) -> R<Chosen> {
        let missing = || {
            let list: Vec<_> = types.iter().map(|ty| ty.name()).collect();
            fail("42883", format!("function generate_series({}) does not exist", list.join(", ")))
        };
        let spans = types.get(2).is_some_and(|ty| *ty == Type::INTERVAL);
        let compared = if spans { &types[..2] } else { types };
        if !spans && compared.iter().all(|ty| *ty == Type::UNKNOWN) {
            return fail(
                "42725",
                format!(
                    "function generate_series({}) is not unique",
                    vec!["unknown"; types.len()].join(", ")
                ),
            );
        }
        let Ok(common) = self.common_type(compared, "generate_series") else { return missing() };
        let ty = match common {
            Type::INT2 | Type::INT4 => Type::INT4,
            Type::INT8 | Type::NUMERIC => common,
            Type::TIMESTAMP if types.len() == 3 => common,
            Type::DATE | Type::TIMESTAMPTZ if types.len() == 3 => Type::TIMESTAMPTZ,
            Type::TEXT if spans => Type::TIMESTAMPTZ,
            _ => return missing(),
        };
        let times = matches!(ty, Type::TIMESTAMP | Type::TIMESTAMPTZ);
        let mut exprs = vec![];
        for (place, arg) in args.into_iter().enumerate() {
            let wanted = if place == 2 && times { Type::INTERVAL } else { ty };
            match self.try_coerce(arg, wanted, Context::Implicit)? {
                Some(arg) => exprs.push(arg.expr),
                None => return missing(),
            }
        }
        let columns = vec![column("generate_series", ty)];
        Ok(Chosen { function: SetFunction::GenerateSeries(ty), args: exprs, columns })
    }

    fn unnest(&mut self, args: Vec<Bound>) -> R<Chosen> {
        let mut exprs = vec![];
        let mut columns = vec![];
        for arg in args {
            let Some(element) = arg.ty().element() else {
                return if arg.ty() == Type::UNKNOWN {
                    fail("42725", "function unnest(unknown) is not unique")
                } else {
                    fail("42883", format!("function unnest({}) does not exist", arg.ty().name()))
                };
            };
            columns.push(column("unnest", element));
            exprs.push(arg.expr);
        }
        Ok(Chosen { function: SetFunction::Unnest, args: exprs, columns })
    }

    /// Sets may not stand where a value is computed only sometimes.
    pub(super) fn refuse_sets(&self, what: &str, parts: &[&Expr]) -> R<()> {
        if parts.iter().any(|expr| expr.any(&|expr| matches!(expr, Expr::Set(_)))) {
            return fail("0A000", format!("set-returning functions are not allowed in {what}"));
        }
        Ok(())
    }
}

fn column(name: &str, ty: Type) -> Output {
    Output { name: name.into(), typed: Typed::plain(ty) }
}

/// The value that a missing argument has.
pub(super) fn zero(ty: Type) -> Expr {
    Expr::Const(if ty == Type::FLOAT8 { Datum::Float(0.0) } else { Datum::Int(0) })
}

/// Sets are columns from that one on.
pub(super) fn expanded(expr: &mut Expr, width: usize) {
    match expr {
        Expr::Set(number) => *expr = Expr::Column(width + *number),
        other => other.operands_mut(&mut |operand| expanded(operand, width)),
    }
}
