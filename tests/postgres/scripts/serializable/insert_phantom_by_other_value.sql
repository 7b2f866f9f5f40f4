-- A predicate that the insert does not match still conflicts if the whole table was read.

setup> CREATE TABLE t (id int, kind text)
CREATE TABLE
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT count(*) FROM t WHERE kind = 'x'
count int8
0
SELECT 1
b> SELECT count(*) FROM t WHERE kind = 'y'
count int8
0
SELECT 1
a> INSERT INTO t VALUES (1, 'z')
INSERT 0 1
b> INSERT INTO t VALUES (2, 'z')
INSERT 0 1
a> COMMIT
COMMIT
b> COMMIT
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
