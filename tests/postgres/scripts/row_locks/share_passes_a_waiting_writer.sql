-- A share lock is granted beside another share lock, though a writer waits already.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> SELECT n FROM t FOR SHARE
n int4
0
SELECT 1
b> UPDATE t SET n = 1
waits
c> BEGIN
BEGIN
c> SELECT n FROM t FOR SHARE
n int4
0
SELECT 1
a> COMMIT
COMMIT
c> COMMIT
COMMIT
b: UPDATE 1
b> SELECT n FROM t
n int4
1
SELECT 1
