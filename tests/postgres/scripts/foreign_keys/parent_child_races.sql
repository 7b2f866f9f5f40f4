-- A child is added while its parent goes, and the other way about.

setup> CREATE TABLE p (id int PRIMARY KEY, n int)
CREATE TABLE
setup> CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p ON DELETE CASCADE)
CREATE TABLE
setup> INSERT INTO p VALUES (1, 0), (2, 0), (3, 0)
INSERT 0 3
a> BEGIN
BEGIN
a> DELETE FROM p WHERE id = 1
DELETE 1
b> INSERT INTO c VALUES (1, 1)
waits
a> COMMIT
COMMIT
b: ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p_fkey"
b: DETAIL: Key (p)=(1) is not present in table "p".
b: CONSTRAINT: c_p_fkey
a> BEGIN
BEGIN
a> INSERT INTO c VALUES (2, 2)
INSERT 0 1
b> DELETE FROM p WHERE id = 2
waits
a> COMMIT
COMMIT
b: DELETE 1
setup> SELECT * FROM c
id int4 | p int4
SELECT 0
a> BEGIN
BEGIN
a> INSERT INTO c VALUES (3, 3)
INSERT 0 1
b> UPDATE p SET n = 5 WHERE id = 3
UPDATE 1
c> UPDATE p SET id = 30 WHERE id = 3
waits
a> COMMIT
COMMIT
c: ERROR 23503: update or delete on table "p" violates foreign key constraint "c_p_fkey" on table "c"
c: DETAIL: Key (id)=(3) is still referenced from table "c".
c: CONSTRAINT: c_p_fkey
b> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
b> SELECT count(*) FROM p
count int8
1
SELECT 1
a> INSERT INTO c VALUES (4, 3)
INSERT 0 1
b> DELETE FROM p WHERE id = 3
ERROR 40001: could not serialize access due to concurrent update
b> ROLLBACK
ROLLBACK
setup> SELECT * FROM p ORDER BY id
id int4 | n int4
3       | 5
SELECT 1
