-- Two inserts after two counts: no row in common, and yet no serial order.

setup> CREATE TABLE t (class int, value int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 10), (1, 20), (2, 100), (2, 200)
INSERT 0 4
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT sum(value) FROM t WHERE class = 1
sum int8
30
SELECT 1
a> INSERT INTO t VALUES (2, 30)
INSERT 0 1
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> SELECT sum(value) FROM t WHERE class = 2
sum int8
300
SELECT 1
b> INSERT INTO t VALUES (1, 300)
INSERT 0 1
a> COMMIT
COMMIT
b> COMMIT
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
