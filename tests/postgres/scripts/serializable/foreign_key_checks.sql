-- Parent deleted and child inserted: the foreign key sees to it, at any level.

setup> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
setup> CREATE TABLE c (p int REFERENCES p)
CREATE TABLE
setup> INSERT INTO p VALUES (1)
INSERT 0 1
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT * FROM p
id int4
1
SELECT 1
b> SELECT * FROM p
id int4
1
SELECT 1
a> INSERT INTO c VALUES (1)
INSERT 0 1
b> DELETE FROM p
waits
a> COMMIT
COMMIT
b: ERROR 23503: update or delete on table "p" violates foreign key constraint "c_p_fkey" on table "c"
b: DETAIL: Key (id)=(1) is still referenced from table "c".
b: CONSTRAINT: c_p_fkey
b> ROLLBACK
ROLLBACK
