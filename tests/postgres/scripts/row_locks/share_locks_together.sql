-- Several sessions share a row; the writer waits for all of them.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> SELECT n FROM t FOR SHARE
n int4
0
SELECT 1
b> SELECT n FROM t FOR SHARE
n int4
0
SELECT 1
c> UPDATE t SET n = 1
waits
a> COMMIT
COMMIT
b> COMMIT
COMMIT
c: UPDATE 1
c> SELECT n FROM t
n int4
1
SELECT 1
