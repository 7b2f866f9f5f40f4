-- Without an INSERT clause nothing happens to a row that no longer joins.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 1), (2, 2)
INSERT 0 2
a> BEGIN
BEGIN
a> UPDATE t SET n = 10 WHERE id = 1
UPDATE 1
a> DELETE FROM t WHERE id = 2
DELETE 1
b> MERGE INTO t USING (VALUES (1), (2)) s (id) ON t.id = s.id AND t.n < 5
    WHEN MATCHED THEN UPDATE SET n = 0
    WHEN NOT MATCHED THEN DO NOTHING
waits
a> COMMIT
COMMIT
b: MERGE 0
b> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 10
SELECT 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 20 WHERE id = 1
UPDATE 1
b> MERGE INTO t USING (VALUES (1)) s (id) ON t.id = s.id
    WHEN MATCHED AND t.n > 15 THEN DELETE
    WHEN MATCHED THEN UPDATE SET n = 0
waits
a> COMMIT
COMMIT
b: MERGE 1
b> SELECT * FROM t ORDER BY id
id int4 | n int4
SELECT 0
