-- Rows that came after the snapshot are not seen by its writes either: no error, 0 rows.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT count(*) FROM t
count int8
0
SELECT 1
b> INSERT INTO t VALUES (1, 10)
INSERT 0 1
a> UPDATE t SET n = 11
UPDATE 0
a> DELETE FROM t
DELETE 0
a> COMMIT
COMMIT
