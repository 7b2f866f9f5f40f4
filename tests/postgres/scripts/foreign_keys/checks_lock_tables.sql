-- A check of a foreign key locks the other table, as its query would: until the end of the transaction.

setup> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
setup> CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, n int)
CREATE TABLE
setup> INSERT INTO p VALUES (1), (2), (3)
INSERT 0 3
setup> INSERT INTO c VALUES (1, 1, 0), (2, 2, 0)
INSERT 0 2
a> BEGIN
BEGIN
a> SET CONSTRAINTS ALL IMMEDIATE
SET CONSTRAINTS
a> INSERT INTO c VALUES (3, 2, 0)
INSERT 0 1
b> LOCK TABLE p IN EXCLUSIVE MODE
ERROR 25P01: LOCK TABLE can only be used in transaction blocks
b> BEGIN
BEGIN
b> LOCK TABLE p IN EXCLUSIVE MODE NOWAIT
ERROR 55P03: could not obtain lock on relation "p"
b> ROLLBACK
ROLLBACK
a> COMMIT
COMMIT
a> BEGIN
BEGIN
a> DELETE FROM p WHERE id = 3
DELETE 1
b> BEGIN
BEGIN
b> LOCK TABLE c IN SHARE MODE
waits
a> COMMIT
COMMIT
b: LOCK TABLE
c> DELETE FROM p WHERE id = 1
waits
b> COMMIT
COMMIT
c: DELETE 1
a> BEGIN
BEGIN
a> LOCK TABLE p IN EXCLUSIVE MODE
LOCK TABLE
-- No check of a key that stays: no wait. But the transaction's own rows are checked again.
b> UPDATE c SET n = 1 WHERE id = 2
UPDATE 1
c> BEGIN
BEGIN
c> INSERT INTO c VALUES (5, 9, 0)
INSERT 0 1
c> UPDATE c SET n = 1 WHERE id = 5
UPDATE 1
c> SET CONSTRAINTS ALL IMMEDIATE
waits
a> COMMIT
COMMIT
c: ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p_fkey"
c: DETAIL: Key (p)=(9) is not present in table "p".
c: CONSTRAINT: c_p_fkey
c> ROLLBACK
ROLLBACK
