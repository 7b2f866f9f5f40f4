-- The row has another owner when the first is done: wait again.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0)
INSERT 0 2
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = 1 WHERE id = 2
UPDATE 1
c> UPDATE t SET n = n + 10
waits
a> COMMIT
COMMIT
b> ROLLBACK
ROLLBACK
c: UPDATE 2
c> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 11
2       | 10
SELECT 2
