-- A key inserted after the savepoint is free again: no spurious 23505.

db> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> BEGIN
BEGIN
db> SAVEPOINT s
SAVEPOINT
db> INSERT INTO t VALUES (1, 1)
INSERT 0 1
db> ROLLBACK TO s
ROLLBACK
db> INSERT INTO t VALUES (1, 2)
INSERT 0 1
db> COMMIT
COMMIT
db> SELECT * FROM t
id int4 | n int4
1       | 2
SELECT 1
