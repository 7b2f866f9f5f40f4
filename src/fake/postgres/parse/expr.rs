//! Expressions and type names.

use sqlparser::ast as sql;

use super::super::errors::{R, fail, unsupported};
use super::super::types::{Type, Typed, interval};
use super::ast::{Call, Expr, Literal, OrderItem};
use super::{Converter, names};

fn boxed(expr: Expr) -> Box<Expr> {
    Box::new(expr)
}

fn call(name: &str, args: Vec<Expr>) -> Expr {
    Expr::Call(Box::new(Call { name: name.into(), args, ..Call::default() }))
}

fn string(text: impl Into<String>) -> Expr {
    Expr::Literal(Literal::String(text.into()))
}

impl Converter {
    pub(super) fn exprs(&self, list: Vec<sql::Expr>) -> R<Vec<Expr>> {
        list.into_iter().map(|expr| self.expr(expr)).collect()
    }

    fn boxed(&self, expr: Box<sql::Expr>) -> R<Box<Expr>> {
        self.expr(*expr).map(boxed)
    }

    fn pair(&self, a: Box<sql::Expr>, b: Box<sql::Expr>) -> R<(Box<Expr>, Box<Expr>)> {
        Ok((self.boxed(a)?, self.boxed(b)?))
    }

    pub(super) fn expr(&self, expr: sql::Expr) -> R<Expr> {
        use sql::Expr as E;
        let test = |expr, value, negated| -> R<Expr> {
            Ok(Expr::IsBool { expr: self.boxed(expr)?, value, negated })
        };
        Ok(match expr {
            E::Identifier(name) => identifier(&name),
            E::CompoundIdentifier(parts) => Expr::Column(parts.iter().map(names::ident).collect()),
            E::Nested(inner) => self.expr(*inner)?,
            E::Value(value) => literal(value.value)?,
            E::IsTrue(e) => test(e, Some(true), false)?,
            E::IsNotTrue(e) => test(e, Some(true), true)?,
            E::IsFalse(e) => test(e, Some(false), false)?,
            E::IsNotFalse(e) => test(e, Some(false), true)?,
            E::IsUnknown(e) => test(e, None, false)?,
            E::IsNotUnknown(e) => test(e, None, true)?,
            E::IsNull(e) => Expr::IsNull { expr: self.boxed(e)?, negated: false },
            E::IsNotNull(e) => Expr::IsNull { expr: self.boxed(e)?, negated: true },
            E::IsDistinctFrom(a, b) => self.distinct(a, b, false)?,
            E::IsNotDistinctFrom(a, b) => self.distinct(a, b, true)?,
            E::In { expr, target, negated, global: false } => {
                let expr = self.boxed(expr)?;
                match target {
                    sql::InTarget::List(list) => {
                        Expr::InList { expr, list: self.exprs(list)?, negated }
                    }
                    sql::InTarget::Subquery(query) => {
                        Expr::InQuery { expr, query: Box::new(self.query(*query)?), negated }
                    }
                    _ => return Err(unsupported("this form of IN")),
                }
            }
            E::Between { expr, negated, low, high } => {
                let (low, high) = self.pair(low, high)?;
                Expr::Between { expr: self.boxed(expr)?, low, high, negated }
            }
            E::BinaryOp { left, op, right } => self.binary(left, op, right)?,
            E::Like { negated, any: false, expr, pattern, escape_char } => {
                self.like(expr, pattern, escape_char, negated, false)?
            }
            E::ILike { negated, any: false, expr, pattern, escape_char } => {
                self.like(expr, pattern, escape_char, negated, true)?
            }
            E::SimilarTo { negated, expr, pattern, escape_char } => {
                let mut args = vec![self.expr(*expr)?, self.expr(*pattern)?];
                args.extend(escape_char.map(|e| self.expr(*e)).transpose()?);
                let similar = call("similar_to", args);
                if negated { Expr::Not(boxed(similar)) } else { similar }
            }
            E::AnyOp { left, compare_op, right, .. } => {
                self.quantified(left, compare_op, right, false)?
            }
            E::AllOp { left, compare_op, right } => {
                self.quantified(left, compare_op, right, true)?
            }
            E::UnaryOp { op, expr } => self.unary(op, expr)?,
            E::Cast {
                kind: sql::CastKind::Cast | sql::CastKind::DoubleColon,
                expr,
                data_type,
                format: None,
            } => {
                let to = self.typed(&data_type)?;
                Expr::Cast { expr: self.boxed(expr)?, to }
            }
            E::TypedString(typed) if !typed.uses_odbc_syntax => {
                let to = self.typed(&typed.data_type)?;
                Expr::Cast { expr: boxed(literal(typed.value.value)?), to }
            }
            E::Interval(interval) => self.interval(interval)?,
            E::AtTimeZone { timestamp, time_zone } => {
                call("timezone", vec![self.expr(*time_zone)?, self.expr(*timestamp)?])
            }
            E::Extract { field, expr, .. } => call(
                "extract",
                vec![string(field.to_string().to_ascii_lowercase()), self.expr(*expr)?],
            ),
            E::Ceil {
                expr,
                field: sql::CeilFloorKind::DateTimeField(sql::DateTimeField::NoDateTime),
            } => call("ceil", vec![self.expr(*expr)?]),
            E::Floor {
                expr,
                field: sql::CeilFloorKind::DateTimeField(sql::DateTimeField::NoDateTime),
            } => call("floor", vec![self.expr(*expr)?]),
            E::Position { expr, r#in } => {
                call("position", vec![self.expr(*r#in)?, self.expr(*expr)?])
            }
            E::Substring { expr, substring_from, substring_for, shorthand, .. } => {
                let mut args = vec![self.expr(*expr)?];
                args.push(
                    substring_from.map_or(Ok(Expr::Literal(Literal::Number("1".into()))), |e| {
                        self.expr(*e)
                    })?,
                );
                if let Some(length) = substring_for {
                    args.push(self.expr(*length)?);
                }
                call(if shorthand { "substr" } else { "substring" }, args)
            }
            E::Trim { trim_where, trim_what, expr, trim_characters } => {
                let name = match trim_where {
                    None | Some(sql::TrimWhereField::Both) => "btrim",
                    Some(sql::TrimWhereField::Leading) => "ltrim",
                    Some(sql::TrimWhereField::Trailing) => "rtrim",
                };
                let mut args = vec![self.expr(*expr)?];
                if let Some(what) = trim_what {
                    args.push(self.expr(*what)?);
                }
                args.extend(self.exprs(trim_characters.unwrap_or_default())?);
                call(name, args)
            }
            E::Overlay { expr, overlay_what, overlay_from, overlay_for } => {
                let mut args =
                    vec![self.expr(*expr)?, self.expr(*overlay_what)?, self.expr(*overlay_from)?];
                if let Some(length) = overlay_for {
                    args.push(self.expr(*length)?);
                }
                call("overlay", args)
            }
            E::Function(function) => self.function(function)?,
            E::Case { operand, conditions, else_result, .. } => Expr::Case {
                operand: operand.map(|e| self.boxed(e)).transpose()?,
                branches: conditions
                    .into_iter()
                    .map(|when| Ok((self.expr(when.condition)?, self.expr(when.result)?)))
                    .collect::<R<_>>()?,
                otherwise: else_result.map(|e| self.boxed(e)).transpose()?,
            },
            E::Exists { subquery, negated } => {
                let exists = Expr::Exists(Box::new(self.query(*subquery)?));
                if negated { Expr::Not(boxed(exists)) } else { exists }
            }
            E::Subquery(query) => Expr::Subquery(Box::new(self.query(*query)?)),
            E::Tuple(list) => Expr::Row(self.exprs(list)?),
            E::Array(array) => Expr::Array(self.exprs(array.elem)?),
            E::CompoundFieldAccess { root, access_chain } => {
                let mut expr = self.expr(*root)?;
                for access in access_chain {
                    let array = boxed(expr);
                    expr = match access {
                        sql::AccessExpr::Subscript(sql::Subscript::Index { index }) => {
                            Expr::Subscript { array, index: boxed(self.expr(index)?) }
                        }
                        sql::AccessExpr::Subscript(sql::Subscript::Slice {
                            lower_bound,
                            upper_bound,
                            stride: None,
                        }) => {
                            let low = lower_bound.map(|e| self.expr(e).map(boxed)).transpose()?;
                            let high = upper_bound.map(|e| self.expr(e).map(boxed)).transpose()?;
                            Expr::Slice { array, low, high }
                        }
                        sql::AccessExpr::Dot(sql::Expr::Identifier(name)) => {
                            Expr::Field { row: array, name: names::ident(&name) }
                        }
                        _ => return Err(unsupported("this access to a part of a value")),
                    };
                }
                expr
            }
            other => return Err(unsupported(format!("the expression {other}"))),
        })
    }

    fn distinct(&self, a: Box<sql::Expr>, b: Box<sql::Expr>, negated: bool) -> R<Expr> {
        let (left, right) = self.pair(a, b)?;
        Ok(Expr::IsDistinct { left, right, negated })
    }

    fn like(
        &self,
        expr: Box<sql::Expr>,
        pattern: Box<sql::Expr>,
        escape: Option<Box<sql::Expr>>,
        negated: bool,
        fold_case: bool,
    ) -> R<Expr> {
        let (expr, pattern) = self.pair(expr, pattern)?;
        let escape = escape.map(|e| self.boxed(e)).transpose()?;
        Ok(Expr::Like { expr, pattern, escape, negated, fold_case })
    }

    fn binary(
        &self,
        left: Box<sql::Expr>,
        op: sql::BinaryOperator,
        right: Box<sql::Expr>,
    ) -> R<Expr> {
        let (left, right) = self.pair(left, right)?;
        Ok(match op {
            sql::BinaryOperator::And => Expr::And(left, right),
            sql::BinaryOperator::Or => Expr::Or(left, right),
            sql::BinaryOperator::Overlaps => match (*left, *right) {
                (Expr::Row(mut a), Expr::Row(b)) if a.len() == 2 && b.len() == 2 => {
                    a.extend(b);
                    call("overlaps", a)
                }
                _ => return fail("42601", "wrong number of parameters of OVERLAPS expression"),
            },
            op => Expr::Binary(operator(&op)?, left, right),
        })
    }

    fn quantified(
        &self,
        left: Box<sql::Expr>,
        op: sql::BinaryOperator,
        right: Box<sql::Expr>,
        all: bool,
    ) -> R<Expr> {
        let (left, op) = (self.boxed(left)?, operator(&op)?);
        Ok(match *right {
            sql::Expr::Subquery(query) => {
                Expr::QuantifiedQuery { left, op, query: Box::new(self.query(*query)?), all }
            }
            other => Expr::Quantified { left, op, right: boxed(self.expr(other)?), all },
        })
    }

    fn unary(&self, op: sql::UnaryOperator, expr: Box<sql::Expr>) -> R<Expr> {
        let expr = self.boxed(expr)?;
        Ok(match (op, *expr) {
            (sql::UnaryOperator::Not, expr) => Expr::Not(boxed(expr)),
            // So that the smallest integer is one.
            (sql::UnaryOperator::Minus, Expr::Literal(Literal::Number(number)))
                if !number.starts_with('-') =>
            {
                Expr::Literal(Literal::Number(format!("-{number}")))
            }
            // `- 1::int` is `-(1::int)`, and `-a` is a call of the operator.
            (sql::UnaryOperator::Minus, expr) => Expr::Unary("-".into(), boxed(expr)),
            (sql::UnaryOperator::Plus, expr) => Expr::Unary("+".into(), boxed(expr)),
            (sql::UnaryOperator::BitwiseNot, expr) => Expr::Unary("~".into(), boxed(expr)),
            (sql::UnaryOperator::PGAbs, expr) => Expr::Unary("@".into(), boxed(expr)),
            (sql::UnaryOperator::PGCubeRoot, expr) => Expr::Unary("||/".into(), boxed(expr)),
            (sql::UnaryOperator::PGSquareRoot, expr) => Expr::Unary("|/".into(), boxed(expr)),
            (op, _) => return Err(unsupported(format!("the operator {op}"))),
        })
    }

    fn interval(&self, interval: sql::Interval) -> R<Expr> {
        let expr = self.expr(*interval.value)?;
        let fields = match (interval.leading_field, interval.last_field) {
            (None, None) => None,
            (Some(only), None) => Some(interval_fields(&only, &only)?),
            (Some(first), Some(last)) => Some(interval_fields(&first, &last)?),
            (None, Some(_)) => return Err(unsupported("INTERVAL with fields or precision")),
        };
        let precision = interval.fractional_seconds_precision.or(interval.leading_precision);
        let to = Typed::interval(
            fields.unwrap_or(interval::range::FULL),
            precision.map(|digits| digits.min(6) as i32),
        );
        Ok(Expr::Cast { expr: boxed(expr), to: to.into() })
    }

    fn function(&self, function: sql::Function) -> R<Expr> {
        let over = function.over.map(|over| self.over(over)).transpose()?;
        let within_group = !function.within_group.is_empty();
        let order_by = self.order_items(function.within_group)?;
        let plain = function.null_treatment.is_none()
            && !function.uses_odbc_syntax
            && matches!(function.parameters, sql::FunctionArguments::None);
        let name = names::function(&function.name)?;
        if !plain {
            return Err(unsupported(format!("this form of calling {name}")));
        }
        let filter = function.filter.map(|e| self.expr(*e)).transpose()?;
        let list = match function.args {
            sql::FunctionArguments::None => {
                return Ok(Expr::Call(Box::new(Call { name, filter, over, ..Call::default() })));
            }
            sql::FunctionArguments::Subquery(query) if name == "array" => {
                return Ok(Expr::ArrayQuery(Box::new(self.query(*query)?)));
            }
            sql::FunctionArguments::Subquery(_) => {
                return Err(unsupported(format!("a bare subquery as argument of {name}")));
            }
            sql::FunctionArguments::List(list) => list,
        };
        let mut made = Call { name, filter, over, order_by, within_group, ..Call::default() };
        made.distinct = matches!(list.duplicate_treatment, Some(sql::DuplicateTreatment::Distinct));
        for argument in list.args {
            match argument {
                sql::FunctionArg::Unnamed(sql::FunctionArgExpr::Expr(expr)) => {
                    made.args.push(self.expr(expr)?)
                }
                sql::FunctionArg::Unnamed(sql::FunctionArgExpr::Wildcard) => made.star = true,
                sql::FunctionArg::Named { name, arg: sql::FunctionArgExpr::Expr(expr), .. } => {
                    made.names.push(names::ident(&name));
                    made.args.push(self.expr(expr)?);
                }
                sql::FunctionArg::ExprNamed {
                    name: sql::Expr::Identifier(name),
                    arg: sql::FunctionArgExpr::Expr(expr),
                    ..
                } => {
                    made.names.push(names::ident(&name));
                    made.args.push(self.expr(expr)?);
                }
                _ => return Err(unsupported(format!("this argument of {}", made.name))),
            }
        }
        for clause in list.clauses {
            match clause {
                sql::FunctionArgumentClause::OrderBy(items) => {
                    made.order_by = self.order_items(items)?
                }
                other => return Err(unsupported(format!("{other} within {}", made.name))),
            }
        }
        // sqlparser reads ROW(…) as a call.
        if made.name == "row" {
            return Ok(Expr::Row(made.args));
        }
        Ok(Expr::Call(Box::new(made)))
    }

    pub(super) fn order_items(&self, items: Vec<sql::OrderByExpr>) -> R<Vec<OrderItem>> {
        items
            .into_iter()
            .map(|item| {
                let descending = match item.options.sort {
                    None | Some(sql::OrderBySort::Asc) => false,
                    Some(sql::OrderBySort::Desc) => true,
                    Some(_) => return Err(unsupported("ORDER BY … USING")),
                };
                if item.with_fill.is_some() {
                    return Err(unsupported("WITH FILL"));
                }
                let nulls_first = item.options.nulls_first;
                Ok(OrderItem { expr: self.expr(item.expr)?, descending, nulls_first })
            })
            .collect()
    }

    /// A type of PostgreSQL's own, without `serial`, which only columns have.
    pub(super) fn known_type(&self, data_type: &sql::DataType) -> R<Typed> {
        use sql::DataType as D;
        let length = |length: &Option<sql::CharacterLength>| match length {
            None => Ok(-1),
            Some(sql::CharacterLength::IntegerLength { length: 0, .. }) => {
                fail("22023", "length for type varchar must be at least 1")
            }
            Some(sql::CharacterLength::IntegerLength { length, .. }) => Ok(*length as i32),
            Some(sql::CharacterLength::Max) => Err(unsupported("varchar(max)")),
        };
        let plain = |ty| Ok(Typed::plain(ty));
        let zoned = |zone: &sql::TimezoneInfo| {
            matches!(zone, sql::TimezoneInfo::WithTimeZone | sql::TimezoneInfo::Tz)
        };
        match data_type {
            D::SmallInt(None) | D::Int2(None) => plain(Type::INT2),
            D::Int(None) | D::Integer(None) | D::Int4(None) => plain(Type::INT4),
            D::BigInt(None) | D::Int8(None) => plain(Type::INT8),
            D::Real | D::Float4 => plain(Type::FLOAT4),
            D::Float8 | D::DoublePrecision | D::Double(sql::ExactNumberInfo::None) => {
                plain(Type::FLOAT8)
            }
            D::Float(info) => match info {
                sql::ExactNumberInfo::None => plain(Type::FLOAT8),
                sql::ExactNumberInfo::Precision(1..=24) => plain(Type::FLOAT4),
                sql::ExactNumberInfo::Precision(25..=53) => plain(Type::FLOAT8),
                _ => fail("22023", "precision for type float must be less than 54 bits"),
            },
            D::Numeric(info) | D::Decimal(info) | D::Dec(info) => numeric(info),
            D::Text => plain(Type::TEXT),
            D::Varchar(n) | D::CharacterVarying(n) | D::CharVarying(n) => {
                Ok(Typed { ty: Type::VARCHAR, modifier: length(n)? })
            }
            D::Char(n) | D::Character(n) => {
                Ok(Typed { ty: Type::BPCHAR, modifier: length(n)?.max(1) })
            }
            D::Bytea => plain(Type::BYTEA),
            D::Bool | D::Boolean => plain(Type::BOOL),
            D::Date => plain(Type::DATE),
            D::Time(p, zone) => {
                let ty = if zoned(zone) { Type::TIMETZ } else { Type::TIME };
                Ok(Typed { ty, modifier: precision(*p) })
            }
            D::Timestamp(p, zone) => {
                let ty = if zoned(zone) { Type::TIMESTAMPTZ } else { Type::TIMESTAMP };
                Ok(Typed { ty, modifier: precision(*p) })
            }
            D::Interval { fields, precision: p } => {
                let fields = fields.as_ref().map_or(Ok(interval::range::FULL), named_fields)?;
                Ok(Typed::interval(fields, p.map(|digits| digits.min(6) as i32)))
            }
            D::JSON => plain(Type::JSON),
            D::JSONB => plain(Type::JSONB),
            D::Uuid => plain(Type::UUID),
            D::Regclass => plain(Type::REGCLASS),
            D::Array(sql::ArrayElemTypeDef::SquareBracket(element, _)) => {
                let element = self.known_type(element)?;
                // Every further pair of brackets means the same type.
                let ty = if element.ty.element().is_some() {
                    Some(element.ty)
                } else {
                    element.ty.array()
                };
                match ty {
                    Some(ty) => Ok(Typed { ty, modifier: element.modifier }),
                    None => Err(unsupported(format!("the type {data_type}"))),
                }
            }
            D::Custom(name, modifiers) => {
                let name = names::function(name)?;
                if !modifiers.is_empty() {
                    return Err(unsupported(format!("the type {data_type}")));
                }
                match Type::named(&name) {
                    Some(ty) if ty.category() != super::super::types::Category::Pseudo => plain(ty),
                    _ if matches!(
                        name.as_str(),
                        "int4range"
                            | "int8range"
                            | "numrange"
                            | "tsrange"
                            | "tstzrange"
                            | "daterange"
                            | "varbit"
                            | "jsonpath"
                            | "tsquery"
                            | "box"
                            | "circle"
                            | "path"
                            | "polygon"
                            | "macaddr8"
                            | "pg_lsn"
                            | "money"
                            | "inet"
                            | "cidr"
                            | "macaddr"
                            | "xml"
                            | "point"
                            | "hstore"
                            | "citext"
                            | "bit"
                            | "tsvector"
                    ) =>
                    {
                        Err(unsupported(format!("the type {name}")))
                    }
                    _ => fail("42704", format!("type \"{name}\" does not exist")),
                }
            }
            other => {
                Err(unsupported(format!("the type {}", other.to_string().to_ascii_lowercase())))
            }
        }
    }
}

fn interval_fields(first: &sql::DateTimeField, last: &sql::DateTimeField) -> R<i32> {
    use interval::range::{DAY, HOUR, MINUTE, MONTH, SECOND, YEAR};
    use sql::DateTimeField as F;
    Ok(match (first, last) {
        (F::Year, F::Year) => YEAR,
        (F::Year, F::Month) => YEAR | MONTH,
        (F::Month, F::Month) => MONTH,
        (F::Day, F::Day) => DAY,
        (F::Day, F::Hour) => DAY | HOUR,
        (F::Day, F::Minute) => DAY | HOUR | MINUTE,
        (F::Day, F::Second) => DAY | HOUR | MINUTE | SECOND,
        (F::Hour, F::Hour) => HOUR,
        (F::Hour, F::Minute) => HOUR | MINUTE,
        (F::Hour, F::Second) => HOUR | MINUTE | SECOND,
        (F::Minute, F::Minute) => MINUTE,
        (F::Minute, F::Second) => MINUTE | SECOND,
        (F::Second, F::Second) => SECOND,
        (_, last) => return fail("42601", format!("syntax error at or near \"{last}\"")),
    })
}

fn named_fields(fields: &sql::IntervalFields) -> R<i32> {
    use sql::DateTimeField as F;
    use sql::IntervalFields as I;
    let (first, last) = match fields {
        I::Year => (F::Year, F::Year),
        I::Month => (F::Month, F::Month),
        I::Day => (F::Day, F::Day),
        I::Hour => (F::Hour, F::Hour),
        I::Minute => (F::Minute, F::Minute),
        I::Second => (F::Second, F::Second),
        I::YearToMonth => (F::Year, F::Month),
        I::DayToHour => (F::Day, F::Hour),
        I::DayToMinute => (F::Day, F::Minute),
        I::DayToSecond => (F::Day, F::Second),
        I::HourToMinute => (F::Hour, F::Minute),
        I::HourToSecond => (F::Hour, F::Second),
        I::MinuteToSecond => (F::Minute, F::Second),
    };
    interval_fields(&first, &last)
}

fn precision(p: Option<u64>) -> i32 {
    p.map_or(-1, |p| p.min(6) as i32)
}

fn numeric(info: &sql::ExactNumberInfo) -> R<Typed> {
    let (p, s) = match info {
        sql::ExactNumberInfo::None => return Ok(Typed::plain(Type::NUMERIC)),
        sql::ExactNumberInfo::Precision(p) => (*p, 0),
        sql::ExactNumberInfo::PrecisionAndScale(p, s) => (*p, *s),
    };
    if !(1..=1000).contains(&p) {
        return fail("22023", format!("NUMERIC precision {p} must be between 1 and 1000"));
    }
    if !(-1000..=1000).contains(&s) {
        return fail("22023", format!("NUMERIC scale {s} must be between -1000 and 1000"));
    }
    Ok(Typed::numeric(p as u32, s as i32))
}

/// The operator as PostgreSQL's catalog names it.
fn operator(op: &sql::BinaryOperator) -> R<String> {
    use sql::BinaryOperator as B;
    Ok(match op {
        B::NotEq => "<>".into(),
        B::PGCustomBinaryOperator(parts) => {
            let name = parts.last().cloned().unwrap_or_default();
            if name == "!=" { "<>".into() } else { name }
        }
        B::Xor
        | B::DuckIntegerDivide
        | B::MyIntegerDivide
        | B::Assignment
        | B::Match
        | B::Regexp
        | B::Glob => {
            return fail("42601", format!("syntax error at or near \"{op}\""));
        }
        B::Spaceship => return fail("42883", "operator does not exist: <=>"),
        other => other.to_string(),
    })
}

fn identifier(name: &sql::Ident) -> Expr {
    let folded = names::ident(name);
    if name.quote_style.is_none() {
        match folded.as_str() {
            "default" => return Expr::Default,
            "current_date" | "current_timestamp" | "current_time" | "localtimestamp"
            | "localtime" | "current_user" | "session_user" | "user" | "current_schema"
            | "current_catalog" => {
                return call(&folded, vec![]);
            }
            _ => {}
        }
    }
    Expr::Column(vec![folded])
}

fn literal(value: sql::Value) -> R<Expr> {
    use sql::Value as V;
    Ok(match value {
        V::Number(number, _) => Expr::Literal(Literal::Number(number)),
        V::SingleQuotedString(text)
        | V::EscapedStringLiteral(text)
        | V::UnicodeStringLiteral(text) => string(text),
        V::DollarQuotedString(text) => string(text.value),
        V::Boolean(flag) => Expr::Literal(Literal::Bool(flag)),
        V::Null => Expr::Literal(Literal::Null),
        V::Placeholder(name) => {
            match name.strip_prefix('$').and_then(|n| n.parse::<usize>().ok()) {
                Some(number @ 1..=65_535) => Expr::Parameter(number - 1),
                Some(_) => return fail("42P02", format!("there is no parameter {name}")),
                None => return fail("42601", format!("syntax error at or near \"{name}\"")),
            }
        }
        other => return Err(unsupported(format!("the literal {other}"))),
    })
}
