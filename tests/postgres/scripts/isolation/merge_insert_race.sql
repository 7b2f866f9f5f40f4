-- MERGE does not wait for a concurrent insert of the same key as ON CONFLICT does: 23505.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
a> BEGIN
BEGIN
a> INSERT INTO t VALUES (1, 1)
INSERT 0 1
b> MERGE INTO t USING (VALUES (1, 5)) s (id, n) ON t.id = s.id
    WHEN MATCHED THEN UPDATE SET n = t.n + s.n
    WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.n)
waits
a> COMMIT
COMMIT
b: ERROR 23505: duplicate key value violates unique constraint "t_pkey"
b: DETAIL: Key (id)=(1) already exists.
b: CONSTRAINT: t_pkey
b> SELECT * FROM t
id int4 | n int4
1       | 1
SELECT 1
