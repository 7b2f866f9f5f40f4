-- Each reads the table that the other writes.

setup> CREATE TABLE t (n int)
CREATE TABLE
setup> CREATE TABLE u (n int)
CREATE TABLE
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT count(*) FROM t
count int8
0
SELECT 1
b> SELECT count(*) FROM u
count int8
0
SELECT 1
a> INSERT INTO u VALUES (1)
INSERT 0 1
b> INSERT INTO t VALUES (1)
INSERT 0 1
a> COMMIT
COMMIT
b> COMMIT
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
