-- A deferred check at the commit waits, and may fail there.

setup> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
setup> CREATE TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED)
CREATE TABLE
setup> INSERT INTO p VALUES (1)
INSERT 0 1
a> BEGIN
BEGIN
a> DELETE FROM p WHERE id = 1
DELETE 1
b> BEGIN
BEGIN
b> INSERT INTO c VALUES (1)
INSERT 0 1
b> COMMIT
waits
a> COMMIT
COMMIT
b: ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p_fkey"
b: DETAIL: Key (p)=(1) is not present in table "p".
b: CONSTRAINT: c_p_fkey
setup> SELECT * FROM c
p int4
SELECT 0
a> BEGIN
BEGIN
a> INSERT INTO c VALUES (2)
INSERT 0 1
b> INSERT INTO p VALUES (2)
INSERT 0 1
a> COMMIT
COMMIT
b> BEGIN
BEGIN
b> DELETE FROM p
DELETE 1
a> INSERT INTO c VALUES (2)
waits
b> SET CONSTRAINTS ALL IMMEDIATE
ERROR 23503: update or delete on table "p" violates foreign key constraint "c_p_fkey" on table "c"
DETAIL: Key (id)=(2) is still referenced from table "c".
CONSTRAINT: c_p_fkey
a: INSERT 0 1
b> ROLLBACK
ROLLBACK
