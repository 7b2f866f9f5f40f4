-- WITH: several, referring to earlier ones, column names.

db> WITH a AS (SELECT 1 AS n), b AS (SELECT n + 1 AS n FROM a) SELECT a.n, b.n FROM a, b
n int4 | n int4
1      | 2
SELECT 1
db> WITH a (x, y) AS (VALUES (1, 2)) SELECT x + y AS sum FROM a
sum int4
3
SELECT 1
db> WITH a AS (SELECT 1), a AS (SELECT 2) SELECT * FROM a
ERROR 42712: WITH query name "a" specified more than once
db> WITH b AS (SELECT * FROM a), a AS (SELECT 1) SELECT * FROM b
ERROR 42P01: relation "a" does not exist
DETAIL: There is a WITH item named "a", but it cannot be referenced from this part of the query.
HINT: Use WITH RECURSIVE, or re-order the WITH items to remove forward references.
db> WITH a AS MATERIALIZED (SELECT 1 AS n) SELECT * FROM a UNION ALL SELECT * FROM a
n int4
1
1
SELECT 2
db> WITH a AS (SELECT 1 AS n) SELECT (SELECT n FROM a) AS inner_
inner_ int4
1
SELECT 1
