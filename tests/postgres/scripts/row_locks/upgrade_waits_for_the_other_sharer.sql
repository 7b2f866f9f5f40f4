-- With two sharers, an upgrade waits for the other one.

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
a> UPDATE t SET n = 1
waits
b> COMMIT
COMMIT
a: UPDATE 1
a> COMMIT
COMMIT
