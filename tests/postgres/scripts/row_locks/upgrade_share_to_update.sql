-- The only holder of a share lock upgrades without waiting.

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
a> SELECT n FROM t FOR UPDATE
n int4
0
SELECT 1
b> SELECT n FROM t FOR KEY SHARE NOWAIT
ERROR 55P03: could not obtain lock on row in relation "t"
a> COMMIT
COMMIT
