-- A transaction that was doomed by another's commit learns it at its next statement.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0)
INSERT 0 2
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT sum(n) FROM t
sum int8
0
SELECT 1
b> SELECT sum(n) FROM t
sum int8
0
SELECT 1
a> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = 1 WHERE id = 2
UPDATE 1
a> COMMIT
COMMIT
b> SELECT 1
?column? int4
1
SELECT 1
b> SELECT n FROM t WHERE id = 1
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
b> COMMIT
ROLLBACK
