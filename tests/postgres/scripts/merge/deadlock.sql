-- Two merges in opposite order.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0)
INSERT 0 2
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> MERGE INTO t USING (VALUES (1)) s (id) ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = 1
MERGE 1
b> MERGE INTO t USING (VALUES (2)) s (id) ON t.id = s.id WHEN MATCHED THEN DELETE
MERGE 1
a> MERGE INTO t USING (VALUES (2)) s (id) ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = 2
waits
b> MERGE INTO t USING (VALUES (1)) s (id) ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = 3
waits
sleep 2s
a: ERROR 40P01: deadlock detected
a: DETAIL: Process # waits for ShareLock on transaction #; blocked by process #.\nProcess # waits for ShareLock on transaction #; blocked by process #.
a: HINT: See server log for query details.
b: MERGE 1
a> ROLLBACK
ROLLBACK
b> ROLLBACK
ROLLBACK
b> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 0
2       | 0
SELECT 2
