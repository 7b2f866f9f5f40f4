-- The one that reads last what an earlier commit wrote may be the one to fail.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0)
INSERT 0 2
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT n FROM t WHERE id = 1
n int4
0
SELECT 1
b> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
a> UPDATE t SET n = 1 WHERE id = 2
UPDATE 1
b> SELECT n FROM t WHERE id = 2
n int4
0
SELECT 1
b> COMMIT
COMMIT
a> COMMIT
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
