-- The child's insert takes FOR KEY SHARE on the parent: an update passes, a delete waits.

setup> CREATE TABLE p (id int PRIMARY KEY, n int)
CREATE TABLE
setup> CREATE TABLE c (p int REFERENCES p)
CREATE TABLE
setup> INSERT INTO p VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> INSERT INTO c VALUES (1)
INSERT 0 1
b> UPDATE p SET n = 1
UPDATE 1
b> DELETE FROM p
waits
a> COMMIT
COMMIT
b: ERROR 23503: update or delete on table "p" violates foreign key constraint "c_p_fkey" on table "c"
b: DETAIL: Key (id)=(1) is still referenced from table "c".
b: CONSTRAINT: c_p_fkey
