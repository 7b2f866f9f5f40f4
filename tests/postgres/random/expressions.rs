//! Expressions: constants and columns of the common types under operators, casts and functions. Types are
//! mostly right and sometimes wrong, so that the errors are compared as well.

use proptest::prelude::*;
use proptest::sample::select;

use super::{Action, BoxedStrategy, STATEMENTS, vec};

/// The types that expressions are made of.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Int,
    Numeric,
    Float,
    Text,
    Bool,
    Date,
    Timestamp,
    Interval,
    Ints,
    Json,
}

use Kind::{Bool, Date, Float, Int, Interval, Ints, Json, Numeric, Text, Timestamp};

const KINDS: [Kind; 10] = [Int, Numeric, Float, Text, Bool, Date, Timestamp, Interval, Ints, Json];

/// Templates for an expression of a kind; `{}` is an argument of the kind at that place.
const TEMPLATES: &[(Kind, &str, &[Kind])] = &[
    (Int, "{} + {}", &[Int, Int]),
    (Int, "{} - {}", &[Int, Int]),
    (Int, "{} * {}", &[Int, Int]),
    (Int, "{} / {}", &[Int, Int]),
    (Int, "{} % {}", &[Int, Int]),
    (Int, "- {}", &[Int]),
    (Int, "abs({})", &[Int]),
    (Int, "length({})", &[Text]),
    (Int, "({})::int", &[Numeric]),
    (Int, "({})::int", &[Float]),
    (Int, "({})::bigint", &[Int]),
    (Int, "({})::smallint", &[Int]),
    (Int, "coalesce({}, {})", &[Int, Int]),
    (Int, "nullif({}, {})", &[Int, Int]),
    (Int, "greatest({}, {})", &[Int, Int]),
    (Int, "CASE WHEN {} THEN {} ELSE {} END", &[Bool, Int, Int]),
    (Int, "{} - {}", &[Date, Date]),
    (Int, "array_length({}, 1)", &[Ints]),
    (Int, "({})[{}]", &[Ints, Int]),
    (Int, "strpos({}, {})", &[Text, Text]),
    (Int, "({} ->> 'a')::int", &[Json]),
    (Int, "ascii({})", &[Text]),
    (Numeric, "{} + {}", &[Numeric, Numeric]),
    (Numeric, "{} - {}", &[Numeric, Int]),
    (Numeric, "{} * {}", &[Numeric, Numeric]),
    (Numeric, "{} / {}", &[Numeric, Numeric]),
    (Numeric, "{} % {}", &[Numeric, Numeric]),
    (Numeric, "round({}, 1)", &[Numeric]),
    (Numeric, "trunc({}, 2)", &[Numeric]),
    (Numeric, "floor({})", &[Numeric]),
    (Numeric, "({})::numeric(6,2)", &[Numeric]),
    (Numeric, "({})::numeric", &[Float]),
    (Numeric, "abs({})", &[Numeric]),
    (Numeric, "extract(epoch FROM {})", &[Timestamp]),
    (Numeric, "extract(day FROM {})", &[Date]),
    (Numeric, "extract(hour FROM {})", &[Interval]),
    (Float, "{} + {}", &[Float, Float]),
    (Float, "{} * {}", &[Float, Int]),
    (Float, "{} / {}", &[Float, Float]),
    (Float, "({})::float8", &[Numeric]),
    (Float, "({})::real", &[Float]),
    (Float, "sqrt({})", &[Float]),
    (Float, "round({})", &[Float]),
    (Text, "{} || {}", &[Text, Text]),
    (Text, "{} || {}", &[Text, Int]),
    (Text, "upper({})", &[Text]),
    (Text, "lower({})", &[Text]),
    (Text, "trim({})", &[Text]),
    (Text, "substring({}, {})", &[Text, Int]),
    (Text, "substring({} from {} for {})", &[Text, Int, Int]),
    (Text, "left({}, {})", &[Text, Int]),
    (Text, "right({}, {})", &[Text, Int]),
    (Text, "replace({}, {}, {})", &[Text, Text, Text]),
    (Text, "split_part({}, 'a', 1)", &[Text]),
    (Text, "lpad({}, 5, {})", &[Text, Text]),
    (Text, "reverse({})", &[Text]),
    (Text, "({})::text", &[Numeric]),
    (Text, "({})::text", &[Float]),
    (Text, "({})::text", &[Bool]),
    (Text, "({})::text", &[Interval]),
    (Text, "({})::varchar(3)", &[Text]),
    (Text, "({})::char(4)", &[Text]),
    (Text, "concat({}, {})", &[Text, Int]),
    (Text, "coalesce({}, {})", &[Text, Text]),
    (Text, "{} ->> 'a'", &[Json]),
    (Text, "to_char({}, 'YYYY-MM-DD HH24:MI:SS')", &[Timestamp]),
    (Text, "array_to_string({}, ',')", &[Ints]),
    (Text, "md5({})", &[Text]),
    (Bool, "{} = {}", &[Int, Int]),
    (Bool, "{} < {}", &[Int, Numeric]),
    (Bool, "{} >= {}", &[Float, Numeric]),
    (Bool, "{} <> {}", &[Text, Text]),
    (Bool, "{} < {}", &[Text, Text]),
    (Bool, "{} < {}", &[Date, Timestamp]),
    (Bool, "{} = {}", &[Interval, Interval]),
    (Bool, "{} LIKE {}", &[Text, Text]),
    (Bool, "{} AND {}", &[Bool, Bool]),
    (Bool, "{} OR {}", &[Bool, Bool]),
    (Bool, "NOT {}", &[Bool]),
    (Bool, "{} IS NULL", &[Text]),
    (Bool, "{} IS DISTINCT FROM {}", &[Int, Int]),
    (Bool, "{} BETWEEN {} AND {}", &[Int, Int, Int]),
    (Bool, "{} IN ({}, {})", &[Int, Int, Int]),
    (Bool, "{} = ANY ({})", &[Int, Ints]),
    (Bool, "{} @> {}", &[Ints, Ints]),
    (Bool, "{} && {}", &[Ints, Ints]),
    (Bool, "{} @> {}", &[Json, Json]),
    (Bool, "{} ? 'a'", &[Json]),
    (Bool, "{} = {}", &[Json, Json]),
    (Date, "{} + {}", &[Date, Int]),
    (Date, "({})::date", &[Timestamp]),
    (Timestamp, "{} + {}", &[Timestamp, Interval]),
    (Timestamp, "{} - {}", &[Date, Interval]),
    (Timestamp, "date_trunc('month', {})", &[Timestamp]),
    (Timestamp, "({})::timestamp", &[Date]),
    (Interval, "{} + {}", &[Interval, Interval]),
    (Interval, "{} * {}", &[Interval, Int]),
    (Interval, "{} / {}", &[Interval, Int]),
    (Interval, "{} - {}", &[Timestamp, Timestamp]),
    (Interval, "age({}, {})", &[Timestamp, Timestamp]),
    (Interval, "- {}", &[Interval]),
    (Ints, "{} || {}", &[Ints, Int]),
    (Ints, "{} || {}", &[Ints, Ints]),
    (Ints, "array_remove({}, {})", &[Ints, Int]),
    (Ints, "ARRAY[{}, {}]", &[Int, Int]),
    (Json, "{} -> 'a'", &[Json]),
    (Json, "{} || {}", &[Json, Json]),
    (Json, "{} - 'a'", &[Json]),
    (Json, "jsonb_build_object('a', {})", &[Numeric]),
    (Json, "jsonb_set({}, '{{a}}', '1')", &[Json]),
    (Json, "to_jsonb({})", &[Text]),
    (Json, "to_jsonb({})", &[Ints]),
    (Int, "{} & {}", &[Int, Int]),
    (Int, "{} << 2", &[Int]),
    (Int, "mod({}, {})", &[Int, Int]),
    (Int, "sign({})::int", &[Numeric]),
    (Int, "cardinality({})", &[Ints]),
    (Int, "array_position({}, {})", &[Ints, Int]),
    (Int, "jsonb_array_length({})", &[Json]),
    (Int, "octet_length({})", &[Text]),
    (Int, "({})::int", &[Text]),
    (Int, "({})::int", &[Bool]),
    (Int, "extract(dow FROM {})::int", &[Date]),
    (Numeric, "({})::numeric", &[Text]),
    (Numeric, "({})::numeric(4,1)", &[Text]),
    (Numeric, "ceil({})", &[Numeric]),
    (Numeric, "round({})", &[Numeric]),
    (Numeric, "round({}, {})", &[Numeric, Int]),
    (Numeric, "mod({}, {})", &[Numeric, Numeric]),
    (Numeric, "power({}, 2)", &[Numeric]),
    (Numeric, "sqrt({})", &[Numeric]),
    (Numeric, "{} ^ 3", &[Numeric]),
    (Numeric, "least({}, {})", &[Numeric, Int]),
    (Numeric, "extract(second FROM {})", &[Timestamp]),
    (Numeric, "extract(week FROM {})", &[Date]),
    (Numeric, "extract(epoch FROM {})", &[Interval]),
    (Float, "({})::float8", &[Text]),
    (Float, "power({}, {})", &[Float, Float]),
    (Float, "exp({})", &[Float]),
    (Float, "date_part('month', {})", &[Timestamp]),
    (Text, "initcap({})", &[Text]),
    (Text, "repeat({}, {})", &[Text, Int]),
    (Text, "rpad({}, {})", &[Text, Int]),
    (Text, "translate({}, 'ab', 'xy')", &[Text]),
    (Text, "regexp_replace({}, '[aeiou]', '_', 'g')", &[Text]),
    (Text, "overlay({} placing {} from 2)", &[Text, Text]),
    (Text, "split_part({}, {}, {})", &[Text, Text, Int]),
    (Text, "concat_ws('-', {}, {}, {})", &[Text, Int, Bool]),
    (Text, "format('%s/%s', {}, {})", &[Text, Int]),
    (Text, "quote_literal({})", &[Text]),
    (Text, "quote_ident({})", &[Text]),
    (Text, "to_char({}, 'Dy DD Mon YYYY')", &[Date]),
    (Text, "to_char({}, 'FM999990.00')", &[Numeric]),
    (Text, "({})::text", &[Json]),
    (Text, "({})::text", &[Ints]),
    (Text, "({})::text", &[Timestamp]),
    (Text, "nullif({}, {})", &[Text, Text]),
    (Text, "CASE {} WHEN {} THEN 'x' ELSE {} END", &[Int, Int, Text]),
    (Text, "jsonb_typeof({})", &[Json]),
    (Text, "encode(({})::bytea, 'hex')", &[Text]),
    (Text, "ltrim({}, {})", &[Text, Text]),
    (Bool, "({})::bool", &[Text]),
    (Bool, "({})::bool", &[Int]),
    (Bool, "{} ~ '^[a-z]+$'", &[Text]),
    (Bool, "{} ILIKE {}", &[Text, Text]),
    (Bool, "{} NOT LIKE 'a%'", &[Text]),
    (Bool, "{} IS TRUE", &[Bool]),
    (Bool, "{} > ALL ({})", &[Int, Ints]),
    (Bool, "{} < {}", &[Interval, Interval]),
    (Bool, "{} <= {}", &[Timestamp, Date]),
    (Bool, "{} <@ {}", &[Json, Json]),
    (Bool, "({}, {}) < ({}, {})", &[Int, Text, Int, Text]),
    (Bool, "starts_with({}, {})", &[Text, Text]),
    (Date, "({})::date", &[Text]),
    (Date, "{} - {}", &[Date, Int]),
    (Date, "greatest({}, {})", &[Date, Date]),
    (Date, "make_date(2024, {}, {})", &[Int, Int]),
    (Timestamp, "({})::timestamp", &[Text]),
    (Timestamp, "date_trunc('week', {})", &[Timestamp]),
    (Timestamp, "date_trunc('hour', {})", &[Timestamp]),
    (Timestamp, "{} - {}", &[Timestamp, Interval]),
    (Timestamp, "{} AT TIME ZONE 'UTC' AT TIME ZONE 'UTC'", &[Timestamp]),
    (Interval, "({})::interval", &[Text]),
    (Interval, "{} * {}", &[Interval, Float]),
    (Interval, "justify_days({})", &[Interval]),
    (Interval, "make_interval(days => {})", &[Int]),
    (Ints, "({})::int[]", &[Text]),
    (Ints, "({})[{}:{}]", &[Ints, Int, Int]),
    (Ints, "array_append({}, {})", &[Ints, Int]),
    (Ints, "array_replace({}, {}, {})", &[Ints, Int, Int]),
    (Ints, "array_cat({}, {})", &[Ints, Ints]),
    (Ints, "string_to_array({}, ',')::int[]", &[Text]),
    (Json, "({})::jsonb", &[Text]),
    (Json, "{} -> {}", &[Json, Int]),
    (Json, "{} #> '{{b,0}}'", &[Json]),
    (Json, "jsonb_build_array({}, {}, {})", &[Int, Text, Bool]),
    (Json, "jsonb_strip_nulls({})", &[Json]),
    (Json, "jsonb_set({}, '{{b,1}}', {})", &[Json, Json]),
    (Json, "to_jsonb({})", &[Numeric]),
    (Json, "to_jsonb({})", &[Timestamp]),
    (Json, "{} - {}", &[Json, Text]),
    (Json, "{} - {}", &[Json, Int]),
];

/// Constants and columns of a kind. The columns are those of [`SETUP`].
fn leaves(kind: Kind) -> &'static [&'static str] {
    match kind {
        Int => &["0", "1", "-3", "7", "i", "NULL::int", "2147483647", "1::bigint", "'5'"],
        Numeric => &["0.0", "1.5", "-2.25", "10.00", "n", "0.333", "123456.789", "NULL::numeric"],
        Float => &["0::float8", "1.5::float8", "f", "-0.1::float8", "1e10::float8", "NULL::float8"],
        Text => &["'abc'", "''", "'Hello World'", "s", "' a '", "'ä%'", "NULL::text", "'12'::text"],
        Bool => &["true", "false", "b", "NULL::bool"],
        Date => &["date '2024-02-29'", "date '2023-12-31'", "d", "NULL::date"],
        Timestamp => &[
            "timestamp '2024-03-31 12:34:56.789'",
            "timestamp '2024-01-01'",
            "ts",
            "NULL::timestamp",
        ],
        Interval => &[
            "interval '1 day'",
            "interval '1 month 2 days'",
            "interval '-03:04:05.5'",
            "iv",
            "interval '1 year'",
        ],
        Ints => &["ARRAY[1,2,3]", "'{}'::int[]", "a", "ARRAY[NULL,2]", "NULL::int[]"],
        Json => &[
            "'{\"a\": 1, \"b\": [1, 2]}'::jsonb",
            "'[1, \"a\"]'::jsonb",
            "'null'::jsonb",
            "j",
            "'{\"a\": 1.50}'::jsonb",
        ],
    }
}

const SETUP: [&str; 2] = [
    "CREATE TABLE e (i int, n numeric(8,3), f float8, s text, b bool, d date, ts timestamp, iv interval, a int[], j jsonb)",
    "INSERT INTO e VALUES (42, 12.345, 2.5, 'column', true, '2024-05-06', '2024-05-06 07:08:09', '3 days', '{5,6}', '{\"a\": 2}'),
        (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
];

/// Scripts of one session that selects such expressions.
pub(super) fn strategy() -> BoxedStrategy<Vec<Action>> {
    let statement = (select(KINDS.to_vec()), select(vec![1, 1, 2, 3]), any::<bool>())
        .prop_flat_map(|(kind, depth, all)| {
            let from = if all { " FROM e" } else { " FROM (SELECT * FROM e LIMIT 1) e" };
            expression(kind, depth).prop_map(move |text| format!("SELECT {text} AS x{from}"))
        });
    vec(statement, STATEMENTS)
        .prop_map(|statements| {
            let sql = SETUP.iter().map(|sql| (*sql).to_owned()).chain(statements);
            sql.map(|sql| Action::Run { session: "db".to_owned(), sql, params: Vec::new() })
                .collect()
        })
        .boxed()
}

fn expression(kind: Kind, depth: usize) -> BoxedStrategy<String> {
    let leaf = select(leaves(kind)).prop_map(str::to_owned);
    if depth == 0 {
        return leaf.boxed();
    }
    let templates: Vec<_> = TEMPLATES.iter().filter(|(result, ..)| *result == kind).collect();
    let inner = select(templates).prop_flat_map(move |(_, template, arguments)| {
        let arguments: Vec<_> = arguments.iter().map(|kind| argument(*kind, depth - 1)).collect();
        arguments.prop_map(move |arguments| fill(template, &arguments))
    });
    prop_oneof![1 => leaf, 3 => inner].boxed()
}

/// Now and then of another kind than it should be.
fn argument(kind: Kind, depth: usize) -> BoxedStrategy<String> {
    prop_oneof![
        24 => expression(kind, depth),
        1 => select(KINDS.to_vec()).prop_flat_map(move |kind| expression(kind, 0)),
    ]
    .boxed()
}

fn fill(template: &str, arguments: &[String]) -> String {
    let mut parts = template.split("{}");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (argument, part) in arguments.iter().zip(parts) {
        let simple = argument.chars().all(|c| c.is_ascii_alphanumeric());
        text.push_str(&if simple { argument.clone() } else { format!("({argument})") });
        text.push_str(part);
    }
    text.replace("{{", "{").replace("}}", "}")
}
