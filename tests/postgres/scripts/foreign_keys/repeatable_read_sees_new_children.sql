-- The check looks beyond the snapshot: a child committed after it still counts.

setup> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
setup> CREATE TABLE c (p int REFERENCES p)
CREATE TABLE
setup> INSERT INTO p VALUES (1)
INSERT 0 1
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT * FROM p
id int4
1
SELECT 1
b> INSERT INTO c VALUES (1)
INSERT 0 1
a> DELETE FROM p
ERROR 23503: update or delete on table "p" violates foreign key constraint "c_p_fkey" on table "c"
DETAIL: Key (id)=(1) is still referenced from table "c".
CONSTRAINT: c_p_fkey
a> ROLLBACK
ROLLBACK
