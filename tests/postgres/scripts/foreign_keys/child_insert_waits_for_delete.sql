-- The parent is being deleted: the child's insert waits, then fails.

setup> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
setup> CREATE TABLE c (p int REFERENCES p)
CREATE TABLE
setup> INSERT INTO p VALUES (1)
INSERT 0 1
a> BEGIN
BEGIN
a> DELETE FROM p
DELETE 1
b> INSERT INTO c VALUES (1)
waits
a> COMMIT
COMMIT
b: ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p_fkey"
b: DETAIL: Key (p)=(1) is not present in table "p".
b: CONSTRAINT: c_p_fkey
