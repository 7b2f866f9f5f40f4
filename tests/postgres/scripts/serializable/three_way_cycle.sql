-- a reads what b writes, b what c writes, c what a writes.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> CREATE TABLE u (id int PRIMARY KEY, n int)
CREATE TABLE
setup> CREATE TABLE v (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
setup> INSERT INTO u VALUES (1, 0)
INSERT 0 1
setup> INSERT INTO v VALUES (1, 0)
INSERT 0 1
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
c> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT n FROM t
n int4
0
SELECT 1
b> SELECT n FROM u
n int4
0
SELECT 1
c> SELECT n FROM v
n int4
0
SELECT 1
a> UPDATE v SET n = 1
UPDATE 1
b> UPDATE t SET n = 1
UPDATE 1
c> UPDATE u SET n = 1
UPDATE 1
a> COMMIT
COMMIT
b> COMMIT
COMMIT
c> COMMIT
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
