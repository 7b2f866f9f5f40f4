-- Children are inserted, then the parents updated: the share of a key stands in the way of a key change.

setup> CREATE TABLE p (id int PRIMARY KEY, n int)
CREATE TABLE
setup> CREATE TABLE c (p int REFERENCES p)
CREATE TABLE
setup> INSERT INTO p VALUES (1, 0), (2, 0)
INSERT 0 2
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> INSERT INTO c VALUES (1)
INSERT 0 1
b> INSERT INTO c VALUES (1)
INSERT 0 1
a> UPDATE p SET n = 1 WHERE id = 1
UPDATE 1
b> UPDATE p SET n = 2 WHERE id = 1
waits
a> COMMIT
COMMIT
b: UPDATE 1
b> COMMIT
COMMIT
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> INSERT INTO c VALUES (2)
INSERT 0 1
b> INSERT INTO c VALUES (2)
INSERT 0 1
a> DELETE FROM p WHERE id = 2
waits
b> DELETE FROM p WHERE id = 2
waits
sleep 2s
a: ERROR 40P01: deadlock detected
a: DETAIL: Process # waits for ShareLock on transaction #; blocked by process #.\nProcess # waits for ShareLock on transaction #; blocked by process #.
a: HINT: See server log for query details.
b: ERROR 23503: update or delete on table "p" violates foreign key constraint "c_p_fkey" on table "c"
b: DETAIL: Key (id)=(2) is still referenced from table "c".
b: CONSTRAINT: c_p_fkey
a> ROLLBACK
ROLLBACK
b> ROLLBACK
ROLLBACK
