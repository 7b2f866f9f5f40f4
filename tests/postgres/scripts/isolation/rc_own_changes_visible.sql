-- A transaction sees its own uncommitted changes; others do not.

setup> CREATE TABLE t (n int)
CREATE TABLE
a> BEGIN
BEGIN
a> INSERT INTO t VALUES (1)
INSERT 0 1
a> SELECT n FROM t
n int4
1
SELECT 1
b> SELECT n FROM t
n int4
SELECT 0
a> UPDATE t SET n = 2
UPDATE 1
a> SELECT n FROM t
n int4
2
SELECT 1
a> ROLLBACK
ROLLBACK
a> SELECT n FROM t
n int4
SELECT 0
