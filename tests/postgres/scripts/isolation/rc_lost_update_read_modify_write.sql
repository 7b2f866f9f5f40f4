-- Read, compute in the application, write back: at READ COMMITTED one update is lost.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 10)
INSERT 0 1
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> SELECT n FROM t WHERE id = 1
n int4
10
SELECT 1
b> SELECT n FROM t WHERE id = 1
n int4
10
SELECT 1
a> UPDATE t SET n = 11 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = 11 WHERE id = 1
waits
a> COMMIT
COMMIT
b: UPDATE 1
b> COMMIT
COMMIT
a> SELECT n FROM t
n int4
11
SELECT 1
