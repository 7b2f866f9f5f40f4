-- MERGE at REPEATABLE READ: 40001 for a row that was changed.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 1)
INSERT 0 1
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT * FROM t
id int4 | n int4
1       | 1
SELECT 1
b> UPDATE t SET n = 5
UPDATE 1
a> MERGE INTO t USING (VALUES (1)) s (id) ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = 0
ERROR 40001: could not serialize access due to concurrent update
a> ROLLBACK
ROLLBACK
