-- A savepoint is how a transaction survives an error.

db> CREATE TABLE t (n int PRIMARY KEY)
CREATE TABLE
db> BEGIN
BEGIN
db> INSERT INTO t VALUES (1)
INSERT 0 1
db> SAVEPOINT s
SAVEPOINT
db> INSERT INTO t VALUES (1)
ERROR 23505: duplicate key value violates unique constraint "t_pkey"
DETAIL: Key (n)=(1) already exists.
CONSTRAINT: t_pkey
db> SELECT 1
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
db> ROLLBACK TO s
ROLLBACK
db> INSERT INTO t VALUES (2)
INSERT 0 1
db> COMMIT
COMMIT
db> SELECT n FROM t ORDER BY n
n int4
1
2
SELECT 2
