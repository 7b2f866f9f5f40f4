-- 23503 from the child's side.

db> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
db> CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p)
CREATE TABLE
db> INSERT INTO c VALUES (1, 7)
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p_fkey"
DETAIL: Key (p)=(7) is not present in table "p".
CONSTRAINT: c_p_fkey
db> INSERT INTO c VALUES (1, NULL)
INSERT 0 1
db> INSERT INTO p VALUES (7)
INSERT 0 1
db> INSERT INTO c VALUES (2, 7)
INSERT 0 1
db> UPDATE c SET p = 8 WHERE id = 2
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p_fkey"
DETAIL: Key (p)=(8) is not present in table "p".
CONSTRAINT: c_p_fkey
