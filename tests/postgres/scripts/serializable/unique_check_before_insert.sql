-- Both look whether a name is free, then insert it: 40001 rather than 23505 for the second.

setup> CREATE TABLE t (name text PRIMARY KEY)
CREATE TABLE
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT count(*) FROM t WHERE name = 'x'
count int8
0
SELECT 1
b> SELECT count(*) FROM t WHERE name = 'x'
count int8
0
SELECT 1
a> INSERT INTO t VALUES ('x')
INSERT 0 1
a> COMMIT
COMMIT
b> INSERT INTO t VALUES ('x')
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
b> ROLLBACK
ROLLBACK
