-- DEFERRABLE INITIALLY DEFERRED: the child may come first, the check is at COMMIT.

db> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
db> CREATE TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED)
CREATE TABLE
db> BEGIN
BEGIN
db> INSERT INTO c VALUES (1)
INSERT 0 1
db> INSERT INTO p VALUES (1)
INSERT 0 1
db> COMMIT
COMMIT
db> BEGIN
BEGIN
db> INSERT INTO c VALUES (2)
INSERT 0 1
db> COMMIT
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p_fkey"
DETAIL: Key (p)=(2) is not present in table "p".
CONSTRAINT: c_p_fkey
db> SELECT * FROM c
p int4
1
SELECT 1
