-- SET NULL and SET DEFAULT.

db> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
db> CREATE TABLE c (id int, p int REFERENCES p ON DELETE SET NULL)
CREATE TABLE
db> CREATE TABLE d (id int, p int DEFAULT 9 REFERENCES p ON DELETE SET DEFAULT)
CREATE TABLE
db> INSERT INTO p VALUES (1), (2), (9)
INSERT 0 3
db> INSERT INTO c VALUES (1, 1)
INSERT 0 1
db> INSERT INTO d VALUES (1, 2)
INSERT 0 1
db> DELETE FROM p WHERE id = 1
DELETE 1
db> DELETE FROM p WHERE id = 2
DELETE 1
db> SELECT * FROM c
id int4 | p int4
1       | NULL
SELECT 1
db> SELECT * FROM d
id int4 | p int4
1       | 9
SELECT 1
db> DELETE FROM p WHERE id = 9
ERROR 23503: update or delete on table "p" violates foreign key constraint "d_p_fkey" on table "d"
DETAIL: Key (id)=(9) is still referenced from table "d".
CONSTRAINT: d_p_fkey
