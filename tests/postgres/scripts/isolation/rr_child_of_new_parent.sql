-- A parent that was committed after the snapshot counts all the same.

setup> CREATE TABLE p (id int PRIMARY KEY, n int)
CREATE TABLE
setup> CREATE TABLE c (p int REFERENCES p)
CREATE TABLE
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT * FROM p
id int4 | n int4
SELECT 0
b> INSERT INTO p VALUES (1, 0)
INSERT 0 1
a> SELECT * FROM p
id int4 | n int4
SELECT 0
a> INSERT INTO c VALUES (1)
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p_fkey"
DETAIL: Key (p)=(1) is not present in table "p".
CONSTRAINT: c_p_fkey
a> COMMIT
ROLLBACK
