-- An old snapshot keeps seeing versions that were replaced many times.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
r> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
r> SELECT n FROM t
n int4
0
SELECT 1
a> UPDATE t SET n = n + 1
UPDATE 1
a> UPDATE t SET n = n + 1
UPDATE 1
a> DELETE FROM t
DELETE 1
a> INSERT INTO t VALUES (1, 77)
INSERT 0 1
r> SELECT n FROM t
n int4
0
SELECT 1
r> COMMIT
COMMIT
r> SELECT n FROM t
n int4
77
SELECT 1
