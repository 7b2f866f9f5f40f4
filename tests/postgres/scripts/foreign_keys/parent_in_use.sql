-- 23503 from the parent's side.

db> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
db> CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p)
CREATE TABLE
db> INSERT INTO p VALUES (1)
INSERT 0 1
db> INSERT INTO c VALUES (1, 1)
INSERT 0 1
db> DELETE FROM p WHERE id = 1
ERROR 23503: update or delete on table "p" violates foreign key constraint "c_p_fkey" on table "c"
DETAIL: Key (id)=(1) is still referenced from table "c".
CONSTRAINT: c_p_fkey
db> UPDATE p SET id = 2
ERROR 23503: update or delete on table "p" violates foreign key constraint "c_p_fkey" on table "c"
DETAIL: Key (id)=(1) is still referenced from table "c".
CONSTRAINT: c_p_fkey
db> UPDATE p SET id = 1
UPDATE 1
db> DELETE FROM c
DELETE 1
db> DELETE FROM p
DELETE 1
