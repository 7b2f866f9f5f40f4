-- A delete counts as a write.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0)
INSERT 0 2
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT count(*) FROM t
count int8
2
SELECT 1
b> SELECT count(*) FROM t
count int8
2
SELECT 1
a> DELETE FROM t WHERE id = 1
DELETE 1
b> DELETE FROM t WHERE id = 2
DELETE 1
a> COMMIT
COMMIT
b> COMMIT
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
