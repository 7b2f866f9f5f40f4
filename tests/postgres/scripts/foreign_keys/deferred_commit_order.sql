-- Deferred foreign keys: what is put right before the commit passes, what is not fails there.

db> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
db> CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p DEFERRABLE INITIALLY DEFERRED)
CREATE TABLE
db> BEGIN
BEGIN
db> INSERT INTO c VALUES (1, 1), (2, 2)
INSERT 0 2
db> INSERT INTO p VALUES (1)
INSERT 0 1
db> COMMIT
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p_fkey"
DETAIL: Key (p)=(2) is not present in table "p".
CONSTRAINT: c_p_fkey
db> BEGIN
BEGIN
db> INSERT INTO c VALUES (1, 1), (2, 2)
INSERT 0 2
db> INSERT INTO p VALUES (1), (2)
INSERT 0 2
db> COMMIT
COMMIT
db> BEGIN
BEGIN
db> INSERT INTO c VALUES (3, 9)
INSERT 0 1
db> UPDATE c SET p = 1 WHERE id = 3
UPDATE 1
db> COMMIT
COMMIT
db> BEGIN
BEGIN
db> INSERT INTO c VALUES (4, 9)
INSERT 0 1
db> DELETE FROM c WHERE id = 4
DELETE 1
db> COMMIT
COMMIT
db> BEGIN
BEGIN
db> INSERT INTO c VALUES (5, 9)
INSERT 0 1
db> UPDATE c SET id = 6 WHERE id = 5
UPDATE 1
db> COMMIT
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p_fkey"
DETAIL: Key (p)=(9) is not present in table "p".
CONSTRAINT: c_p_fkey
db> BEGIN
BEGIN
db> DELETE FROM p WHERE id = 1
DELETE 1
db> INSERT INTO p VALUES (1)
INSERT 0 1
db> COMMIT
COMMIT
db> BEGIN
BEGIN
db> DELETE FROM p WHERE id = 1
DELETE 1
db> COMMIT
ERROR 23503: update or delete on table "p" violates foreign key constraint "c_p_fkey" on table "c"
DETAIL: Key (id)=(1) is still referenced from table "c".
CONSTRAINT: c_p_fkey
db> BEGIN
BEGIN
db> SAVEPOINT s
SAVEPOINT
db> INSERT INTO c VALUES (7, 9)
INSERT 0 1
db> ROLLBACK TO s
ROLLBACK
db> COMMIT
COMMIT
db> SELECT * FROM c ORDER BY id
id int4 | p int4
1       | 1
2       | 2
3       | 1
SELECT 3
