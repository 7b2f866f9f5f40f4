-- When errors of evaluation show: constants at once, columns only where a row is.

db> CREATE TABLE t (n int)
CREATE TABLE
db> SELECT 1 / n FROM t
?column? int4
SELECT 0
db> INSERT INTO t VALUES (0)
INSERT 0 1
db> SELECT 1 / n FROM t
ERROR 22012: division by zero
db> SELECT CASE WHEN n = 0 THEN 0 ELSE 1 / n END AS safe FROM t
safe int4
0
SELECT 1
db> SELECT 1 / 0 FROM t WHERE false
ERROR 22012: division by zero
db> SELECT n FROM t WHERE n <> 0 AND 1 / n > 0
n int4
SELECT 0
