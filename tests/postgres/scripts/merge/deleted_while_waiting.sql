-- The row is deleted meanwhile: MERGE goes on with NOT MATCHED.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 1)
INSERT 0 1
a> BEGIN
BEGIN
a> DELETE FROM t
DELETE 1
b> MERGE INTO t USING (VALUES (1)) s (id) ON t.id = s.id
    WHEN MATCHED THEN UPDATE SET n = t.n + 1
    WHEN NOT MATCHED THEN INSERT VALUES (s.id, 100)
waits
a> COMMIT
COMMIT
b: MERGE 1
b> SELECT * FROM t
id int4 | n int4
1       | 100
SELECT 1
