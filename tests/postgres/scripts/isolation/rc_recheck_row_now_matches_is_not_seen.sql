-- A row that matches only in its new version is not found: the scan looked at the statement's snapshot.

setup> CREATE TABLE t (id int PRIMARY KEY, hits int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 9), (2, 10)
INSERT 0 2
a> BEGIN
BEGIN
a> UPDATE t SET hits = hits + 1
UPDATE 2
b> DELETE FROM t WHERE hits = 10
waits
a> COMMIT
COMMIT
b: DELETE 0
b> SELECT * FROM t ORDER BY id
id int4 | hits int4
1       | 10
2       | 11
SELECT 2
