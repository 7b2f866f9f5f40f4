-- A key of two columns; MATCH SIMPLE lets a NULL pass.

db> CREATE TABLE p (a int, b int, PRIMARY KEY (a, b))
CREATE TABLE
db> CREATE TABLE c (a int, b int, FOREIGN KEY (a, b) REFERENCES p (a, b))
CREATE TABLE
db> INSERT INTO p VALUES (1, 2)
INSERT 0 1
db> INSERT INTO c VALUES (1, 2), (1, NULL), (NULL, NULL)
INSERT 0 3
db> INSERT INTO c VALUES (2, 1)
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_a_b_fkey"
DETAIL: Key (a, b)=(2, 1) is not present in table "p".
CONSTRAINT: c_a_b_fkey
db> DELETE FROM p
ERROR 23503: update or delete on table "p" violates foreign key constraint "c_a_b_fkey" on table "c"
DETAIL: Key (a, b)=(1, 2) is still referenced from table "c".
CONSTRAINT: c_a_b_fkey
