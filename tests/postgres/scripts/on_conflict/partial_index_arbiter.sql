-- A partial unique index needs its predicate.

db> CREATE TABLE t (id int, active bool, n int)
CREATE TABLE
db> CREATE UNIQUE INDEX ON t (id) WHERE active
CREATE INDEX
db> INSERT INTO t VALUES (1, true, 1)
INSERT 0 1
db> INSERT INTO t VALUES (1, true, 2) ON CONFLICT (id) DO UPDATE SET n = excluded.n
ERROR 42P10: there is no unique or exclusion constraint matching the ON CONFLICT specification
db> INSERT INTO t VALUES (1, true, 2) ON CONFLICT (id) WHERE active DO UPDATE SET n = excluded.n
INSERT 0 1
db> INSERT INTO t VALUES (1, false, 3) ON CONFLICT (id) WHERE active DO NOTHING
INSERT 0 1
db> SELECT * FROM t ORDER BY n
id int4 | active bool | n int4
1       | t           | 2
1       | f           | 3
SELECT 2
