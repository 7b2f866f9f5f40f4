-- WHEN clauses are tried in order; only the first that fits is taken.

db> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 10), (2, 20), (3, 30)
INSERT 0 3
db> MERGE INTO t USING (VALUES (1, 'up'), (2, 'del'), (3, 'none'), (4, 'new')) s (id, what) ON t.id = s.id
    WHEN MATCHED AND s.what = 'up' THEN UPDATE SET n = t.n + 1
    WHEN MATCHED AND s.what = 'del' THEN DELETE
    WHEN MATCHED THEN DO NOTHING
    WHEN NOT MATCHED AND s.what = 'new' THEN INSERT (id, n) VALUES (s.id, 0)
MERGE 3
db> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 11
3       | 30
4       | 0
SELECT 3
