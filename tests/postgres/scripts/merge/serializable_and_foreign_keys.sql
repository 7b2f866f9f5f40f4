-- MERGE at the stricter levels, and what it does to children.

setup> CREATE TABLE p (id int PRIMARY KEY, n int)
CREATE TABLE
setup> CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p ON DELETE CASCADE)
CREATE TABLE
setup> INSERT INTO p VALUES (1, 1), (2, 2)
INSERT 0 2
setup> INSERT INTO c VALUES (1, 1), (2, 2), (3, 1)
INSERT 0 3
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT count(*) FROM p
count int8
2
SELECT 1
b> DELETE FROM p WHERE id = 2
DELETE 1
a> MERGE INTO p USING (VALUES (2)) s (id) ON p.id = s.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.id, 0)
ERROR 40001: could not serialize access due to concurrent delete
a> ROLLBACK
ROLLBACK
a> MERGE INTO p USING (VALUES (1)) s (id) ON p.id = s.id WHEN MATCHED THEN DELETE
MERGE 1
a> SELECT * FROM c
id int4 | p int4
SELECT 0
a> MERGE INTO c USING (VALUES (1, 9)) s (id, p) ON c.id = s.id WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.p)
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p_fkey"
DETAIL: Key (p)=(9) is not present in table "p".
CONSTRAINT: c_p_fkey
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> MERGE INTO p USING (SELECT count(*)::int AS n FROM p) s ON p.id = 50 WHEN NOT MATCHED THEN INSERT VALUES (50, s.n)
MERGE 1
b> MERGE INTO p USING (SELECT count(*)::int AS n FROM p) s ON p.id = 60 WHEN NOT MATCHED THEN INSERT VALUES (60, s.n)
MERGE 1
a> COMMIT
COMMIT
b> COMMIT
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
a> SELECT * FROM p ORDER BY id
id int4 | n int4
50      | 0
SELECT 1
