-- What a committed transaction read still counts while others that overlap are open.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0)
INSERT 0 2
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> SELECT n FROM t WHERE id = 2
n int4
0
SELECT 1
a> SELECT sum(n) FROM t
sum int8
0
SELECT 1
a> UPDATE t SET n = 1 WHERE id = 2
UPDATE 1
a> COMMIT
COMMIT
b> UPDATE t SET n = 1 WHERE id = 1
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
b> COMMIT
ROLLBACK
