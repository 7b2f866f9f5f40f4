-- At READ COMMITTED the second writer waits, and then adds to the first one's value.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 10)
INSERT 0 1
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> UPDATE t SET n = n + 1 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = n + 1 WHERE id = 1 RETURNING n
waits
a> COMMIT
COMMIT
b: n int4
b: 12
b: UPDATE 1
b> COMMIT
COMMIT
a> SELECT n FROM t
n int4
12
SELECT 1
