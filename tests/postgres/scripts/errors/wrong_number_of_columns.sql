-- 42601 for VALUES that do not fit.

db> CREATE TABLE t (a int, b int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 2, 3)
ERROR 42601: INSERT has more expressions than target columns
db> INSERT INTO t (a) VALUES (1, 2)
ERROR 42601: INSERT has more expressions than target columns
db> INSERT INTO t (a, b) VALUES (1)
ERROR 42601: INSERT has more target columns than expressions
db> SELECT 1 UNION SELECT 1, 2
ERROR 42601: each UNION query must have the same number of columns
