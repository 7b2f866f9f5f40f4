-- MERGE at READ COMMITTED: after the wait the WHEN condition is evaluated on the new row.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 1)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 100
UPDATE 1
b> MERGE INTO t USING (VALUES (1)) s (id) ON t.id = s.id
    WHEN MATCHED AND t.n < 10 THEN UPDATE SET n = t.n + 1
    WHEN MATCHED THEN UPDATE SET n = -1
waits
a> COMMIT
COMMIT
b: MERGE 1
b> SELECT * FROM t
id int4 | n int4
1       | -1
SELECT 1
