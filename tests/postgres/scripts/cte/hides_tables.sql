-- A CTE hides a table of the same name.

db> CREATE TABLE t (n int)
CREATE TABLE
db> INSERT INTO t VALUES (1)
INSERT 0 1
db> WITH t AS (SELECT 99 AS n) SELECT * FROM t
n int4
99
SELECT 1
db> WITH t AS (SELECT n + 1 AS n FROM t) SELECT * FROM t
n int4
2
SELECT 1
