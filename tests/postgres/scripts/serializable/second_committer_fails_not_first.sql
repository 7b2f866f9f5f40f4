-- The first committer wins, whoever wrote first.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0)
INSERT 0 2
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT * FROM t WHERE id = 2
id int4 | n int4
2       | 0
SELECT 1
b> SELECT * FROM t WHERE id = 1
id int4 | n int4
1       | 0
SELECT 1
b> UPDATE t SET n = 1 WHERE id = 2
UPDATE 1
a> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
b> COMMIT
COMMIT
a> COMMIT
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
