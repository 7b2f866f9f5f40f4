-- A range that the other inserts into counts as read, also where no row was.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (10, 0), (20, 0)
INSERT 0 2
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT count(*) FROM t WHERE id BETWEEN 10 AND 15
count int8
1
SELECT 1
b> SELECT count(*) FROM t WHERE id BETWEEN 20 AND 25
count int8
1
SELECT 1
a> INSERT INTO t VALUES (22, 0)
INSERT 0 1
b> INSERT INTO t VALUES (12, 0)
INSERT 0 1
a> COMMIT
COMMIT
b> COMMIT
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
