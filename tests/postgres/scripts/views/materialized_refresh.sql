-- Materialized views: populated or not, refreshed, and not changed otherwise.

db> CREATE TABLE t (id int, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 10), (2, 20)
INSERT 0 2
db> CREATE MATERIALIZED VIEW m AS SELECT id, n * 2 AS twice FROM t WITH NO DATA
CREATE MATERIALIZED VIEW
db> SELECT * FROM m
ERROR 55000: materialized view "m" has not been populated
HINT: Use the REFRESH MATERIALIZED VIEW command.
db> REFRESH MATERIALIZED VIEW CONCURRENTLY m
ERROR 0A000: CONCURRENTLY cannot be used when the materialized view is not populated
db> REFRESH MATERIALIZED VIEW m
REFRESH MATERIALIZED VIEW
db> SELECT * FROM m
id int4 | twice int4
1       | 20
2       | 40
SELECT 2
db> REFRESH MATERIALIZED VIEW CONCURRENTLY m
ERROR 55000: cannot refresh materialized view "public.m" concurrently
HINT: Create a unique index with no WHERE clause on one or more columns of the materialized view.
db> CREATE UNIQUE INDEX m_id ON m (id)
CREATE INDEX
db> INSERT INTO t VALUES (3, 30)
INSERT 0 1
db> REFRESH MATERIALIZED VIEW CONCURRENTLY m
REFRESH MATERIALIZED VIEW
db> SELECT * FROM m ORDER BY id
id int4 | twice int4
1       | 20
2       | 40
3       | 60
SELECT 3
db> INSERT INTO t VALUES (3, 31)
INSERT 0 1
db> REFRESH MATERIALIZED VIEW m
ERROR 23505: could not create unique index "m_id"
DETAIL: Key (id)=(3) is duplicated.
CONSTRAINT: m_id
db> INSERT INTO m VALUES (1, 1)
ERROR 42809: cannot change materialized view "m"
db> UPDATE m SET id = 1
ERROR 42809: cannot change materialized view "m"
db> DELETE FROM m
ERROR 42809: cannot change materialized view "m"
db> SELECT * FROM m FOR UPDATE
ERROR 42809: cannot lock rows in materialized view "m"
db> DROP TABLE m
ERROR 42809: "m" is not a table
HINT: Use DROP MATERIALIZED VIEW to remove a materialized view.
db> DROP VIEW m
ERROR 42809: "m" is not a view
HINT: Use DROP MATERIALIZED VIEW to remove a materialized view.
db> REFRESH MATERIALIZED VIEW t
ERROR 0A000: "t" is not a materialized view
db> REFRESH MATERIALIZED VIEW nothing
ERROR 42P01: relation "nothing" does not exist
db> CREATE MATERIALIZED VIEW m AS SELECT 1
ERROR 42P07: relation "m" already exists
db> CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT 1
NOTICE 42P07: relation "m" already exists, skipping
CREATE MATERIALIZED VIEW
db> REFRESH MATERIALIZED VIEW m WITH NO DATA
REFRESH MATERIALIZED VIEW
db> SELECT * FROM m
ERROR 55000: materialized view "m" has not been populated
HINT: Use the REFRESH MATERIALIZED VIEW command.
db> DROP MATERIALIZED VIEW m
DROP MATERIALIZED VIEW
