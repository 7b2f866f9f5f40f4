-- Each takes max(id) + 1: the second is told to retry, not that the key is taken.

setup> CREATE TABLE t (id int PRIMARY KEY)
CREATE TABLE
setup> INSERT INTO t VALUES (1)
INSERT 0 1
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT max(id) + 1 AS next FROM t
next int4
2
SELECT 1
b> SELECT max(id) + 1 AS next FROM t
next int4
2
SELECT 1
a> INSERT INTO t VALUES (2)
INSERT 0 1
b> INSERT INTO t VALUES (2)
waits
a> COMMIT
COMMIT
b: ERROR 40001: could not serialize access due to read/write dependencies among transactions
b: HINT: The transaction might succeed if retried.
b> ROLLBACK
ROLLBACK
