-- SELECT … FOR UPDATE returns the version that it locked, which is newer than the statement's snapshot.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 10), (2, 20)
INSERT 0 2
a> BEGIN
BEGIN
a> UPDATE t SET n = 11 WHERE id = 1
UPDATE 1
b> SELECT * FROM t ORDER BY id FOR UPDATE
waits
a> COMMIT
COMMIT
b: id int4 | n int4
b: 1       | 11
b: 2       | 20
b: SELECT 2
