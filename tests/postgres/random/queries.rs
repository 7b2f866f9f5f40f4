//! Queries and changes over two small tables: joins, groups, subqueries, set operations, CTEs, windows.
//!
//! Every query is ordered by all of its columns, so that its rows come in one order only.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::{Action, BoxedStrategy, STATEMENTS, vec};

const SETUP: [&str; 6] = [
    "CREATE TABLE t (id int PRIMARY KEY, g text, n int, x numeric(8,2))",
    "CREATE TABLE u (id int PRIMARY KEY, t int, v int NOT NULL DEFAULT 0, s text)",
    "CREATE INDEX ON u (t)",
    "INSERT INTO t VALUES (1, 'a', 10, 1.50), (2, 'a', 20, NULL), (3, 'b', 10, 2.25), (4, NULL, NULL, 0), (5, 'c', 5, 9.99)",
    "INSERT INTO u VALUES (1, 1, 7, 'x'), (2, 1, 3, 'y'), (3, 2, 3, NULL), (4, NULL, 1, 'z'), (5, 9, 0, '')",
    "SELECT count(*) FROM t",
];

/// Scripts of one session: mostly queries, some changes.
pub(super) fn strategy() -> BoxedStrategy<Vec<Action>> {
    let statement = prop_oneof![5 => query(), 1 => change()];
    vec(statement, STATEMENTS)
        .prop_map(|statements| {
            let sql = SETUP.iter().map(|sql| (*sql).to_owned()).chain(statements);
            sql.map(|sql| Action::Run { session: "db".to_owned(), sql, params: Vec::new() })
                .collect()
        })
        .boxed()
}

/// An integer expression over the columns of `t`. None that can fail: which of a row's conditions comes first
/// is the planner's choice.
fn number() -> BoxedStrategy<String> {
    let leaf = select(vec!["t.id", "t.n", "1", "10", "length(t.g)"]).prop_map(str::to_owned);
    leaf.prop_recursive(2, 6, 2, |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            (two.clone(), select(vec!["+", "-", "*"]))
                .prop_map(|((a, b), op)| format!("({a} {op} {b})")),
            (inner.clone(), select(vec!["/ 3", "% 7"])).prop_map(|(a, op)| format!("({a} {op})")),
            two.clone().prop_map(|(a, b)| format!("coalesce({a}, {b})")),
            two.clone().prop_map(|(a, b)| format!("greatest({a}, {b})")),
            (condition_of(inner.clone().boxed()), two).prop_map(|(condition, (a, b))| format!(
                "CASE WHEN {condition} THEN {a} ELSE {b} END"
            )),
        ]
    })
    .boxed()
}

fn condition_of(number: BoxedStrategy<String>) -> BoxedStrategy<String> {
    prop_oneof![
        (number.clone(), select(vec!["=", "<", ">=", "<>"]), number.clone())
            .prop_map(|(a, op, b)| format!("{a} {op} {b}")),
        number.clone().prop_map(|a| format!("{a} IS NOT NULL")),
        (number.clone(), number.clone()).prop_map(|(a, b)| format!("{a} IN ({b}, 10, 3)")),
        number.prop_map(|a| format!("{a} BETWEEN 2 AND 15")),
    ]
    .boxed()
}

fn condition() -> BoxedStrategy<String> {
    let simple = prop_oneof![
        4 => condition_of(number()),
        1 => select(vec!["t.g = 'a'", "t.g IS NULL", "t.g LIKE '%b%'", "t.g > 'a'", "t.x > 1.5", "t.g IN ('a', 'c')"])
            .prop_map(str::to_owned),
        1 => Just("EXISTS (SELECT 1 FROM u WHERE u.t = t.id AND u.v > 2)".to_owned()),
        1 => Just("t.id IN (SELECT u.t FROM u)".to_owned()),
        1 => Just("t.id NOT IN (SELECT u.t FROM u WHERE u.t IS NOT NULL)".to_owned()),
        1 => Just("t.n > (SELECT avg(n) FROM t AS i WHERE i.g = t.g)".to_owned()),
        1 => Just("t.n = ANY (ARRAY[10, NULL, 5])".to_owned()),
    ];
    simple
        .prop_recursive(1, 4, 2, |inner| {
            prop_oneof![
                (inner.clone(), select(vec!["AND", "OR"]), inner.clone())
                    .prop_map(|(a, op, b)| format!("({a} {op} {b})")),
                inner.prop_map(|a| format!("NOT ({a})")),
            ]
        })
        .boxed()
}

fn filter() -> BoxedStrategy<String> {
    prop_oneof![1 => Just(String::new()), 2 => condition().prop_map(|condition| format!(" WHERE {condition}"))].boxed()
}

fn order(columns: usize) -> String {
    let places: Vec<String> = (1..=columns).map(|place| place.to_string()).collect();
    format!(" ORDER BY {}", places.join(", "))
}

fn query() -> BoxedStrategy<String> {
    prop_oneof![3 => plain(), 3 => joined(), 3 => grouped(), 2 => combined(), 2 => fixed(), 1 => windows()].boxed()
}

fn plain() -> BoxedStrategy<String> {
    let extra = select(vec!["", "", " LIMIT 2", " LIMIT 2 OFFSET 1", " OFFSET 3"]);
    (any::<bool>(), number(), filter(), extra)
        .prop_map(|(distinct, number, filter, extra)| {
            let distinct = if distinct { "DISTINCT " } else { "" };
            format!("SELECT {distinct}t.g, {number} AS e FROM t{filter}{}{extra}", order(2))
        })
        .boxed()
}

fn joined() -> BoxedStrategy<String> {
    let join = select(vec!["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"]);
    let on = select(vec![
        "u.t = t.id",
        "u.t = t.id AND u.v > 2",
        "u.id = t.id",
        "u.v = t.n % 7",
        "u.t < t.id",
    ]);
    (join, on, number(), filter())
        .prop_map(|(join, on, number, filter)| {
            format!(
                "SELECT t.id, u.id, {number} AS e, u.s FROM t {join} u ON {on}{filter}{}",
                order(4)
            )
        })
        .boxed()
}

fn grouped() -> BoxedStrategy<String> {
    let aggregates = vec![
        "count(*)",
        "count(t.n)",
        "sum(t.n)",
        "avg(t.n)",
        "min(t.g)",
        "max(t.x)",
        "sum(t.x)",
        "avg(t.x)",
        "count(DISTINCT t.n)",
        "string_agg(t.g, ',' ORDER BY t.id)",
        "array_agg(t.n ORDER BY t.id)",
        "bool_or(t.n > 9)",
        "count(*) FILTER (WHERE t.n > 5)",
        "max(t.n) - min(t.n)",
    ];
    let key = prop_oneof![
        select(vec!["t.g", "t.n % 3", "t.n", "t.id"]).prop_map(str::to_owned),
        number()
    ];
    let having = select(vec!["", "", " HAVING count(*) > 1", " HAVING sum(t.n) > 10"]);
    (key, subsequence(aggregates, 1..4), filter(), having, any::<bool>(), any::<bool>())
        .prop_map(|(key, aggregates, filter, having, keyed, join)| {
            let join = if join { " LEFT JOIN u ON u.t = t.id" } else { "" };
            let list = aggregates.join(", ");
            if keyed {
                let order = order(aggregates.len() + 1);
                format!(
                    "SELECT {key} AS k, {list} FROM t{join}{filter} GROUP BY {key}{having}{order}"
                )
            } else {
                format!("SELECT {list} FROM t{join}{filter}{having}")
            }
        })
        .boxed()
}

fn combined() -> BoxedStrategy<String> {
    let operator =
        select(vec!["UNION", "UNION ALL", "INTERSECT", "EXCEPT", "EXCEPT ALL", "INTERSECT ALL"]);
    let other = select(vec![
        "SELECT u.v FROM u",
        "SELECT u.t FROM u",
        "VALUES (1), (10), (NULL)",
        "SELECT sum(v) FROM u",
    ]);
    (number(), filter(), operator, other)
        .prop_map(|(number, filter, operator, other)| {
            format!("SELECT {number} AS e FROM t{filter} {operator} {other}{}", order(1))
        })
        .boxed()
}

fn fixed() -> BoxedStrategy<String> {
    let shapes = vec![
        "SELECT s.k, s.c FROM (SELECT t.g AS k, count(*) AS c FROM t{} GROUP BY t.g) s ORDER BY 1, 2",
        "WITH f AS (SELECT * FROM t{}) SELECT f.id, u.v FROM f LEFT JOIN u ON u.t = f.id ORDER BY 1, 2",
        "SELECT t.id, (SELECT count(*) FROM u WHERE u.t = t.id) AS c FROM t{} ORDER BY 1",
        "SELECT t.id, (SELECT max(u.v) FROM u WHERE u.t <= t.id) AS m FROM t{} ORDER BY 1",
        "SELECT DISTINCT ON (t.g) t.g, t.id FROM t{} ORDER BY t.g, t.id DESC",
        "SELECT a.id, b.id FROM t a JOIN t b ON a.n = b.n AND a.id < b.id ORDER BY 1, 2",
        "SELECT * FROM t CROSS JOIN (SELECT min(v) AS m FROM u) s{} ORDER BY 1",
        "SELECT t.id, l.v FROM t LEFT JOIN LATERAL (SELECT v FROM u WHERE u.t = t.id ORDER BY v DESC LIMIT 1) l ON true{} ORDER BY 1",
        "SELECT count(*) FROM (SELECT DISTINCT t.n, t.g FROM t{}) s",
        "SELECT i, (SELECT count(*) FROM t WHERE t.n > i) FROM generate_series(1, 12, 4) i ORDER BY 1",
    ];
    (select(shapes), filter()).prop_map(|(shape, filter)| shape.replace("{}", &filter)).boxed()
}

fn windows() -> BoxedStrategy<String> {
    let functions = vec![
        "row_number() OVER (PARTITION BY t.g ORDER BY t.id)",
        "rank() OVER (ORDER BY t.n)",
        "sum(t.n) OVER (PARTITION BY t.g)",
        "sum(t.n) OVER (ORDER BY t.id)",
        "lag(t.n) OVER (ORDER BY t.id)",
        "count(*) OVER ()",
        "first_value(t.g) OVER (ORDER BY t.n, t.id)",
    ];
    (select(functions), filter())
        .prop_map(|(function, filter)| {
            format!("SELECT t.id, {function} AS w FROM t{filter} ORDER BY 1")
        })
        .boxed()
}

/// A change, with what it returned in order.
fn change() -> BoxedStrategy<String> {
    let shapes = vec![
        "WITH c AS (UPDATE t SET n = {n}{w} RETURNING t.id, t.n) SELECT * FROM c ORDER BY 1",
        "WITH c AS (DELETE FROM t{w} RETURNING t.*) SELECT * FROM c ORDER BY 1",
        "WITH c AS (INSERT INTO u SELECT t.id + 100, t.n, coalesce({n}, 0), t.g FROM t{w} RETURNING *) SELECT * FROM c ORDER BY 1",
        "WITH c AS (INSERT INTO t AS o SELECT t.id, 'new', {n} FROM t{w} ON CONFLICT (id) DO UPDATE SET n = excluded.n + o.id RETURNING o.id, o.n) SELECT * FROM c ORDER BY 1",
    ];
    (select(shapes), number(), filter())
        .prop_map(|(shape, number, filter)| shape.replace("{n}", &number).replace("{w}", &filter))
        .boxed()
}
