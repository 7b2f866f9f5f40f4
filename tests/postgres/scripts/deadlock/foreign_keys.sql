-- A child's insert locks the parent: parent and child updated in opposite order.

setup> CREATE TABLE p (id int PRIMARY KEY, n int)
CREATE TABLE
setup> CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p)
CREATE TABLE
setup> INSERT INTO p VALUES (1, 0), (2, 0)
INSERT 0 2
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> INSERT INTO c VALUES (1, 1)
INSERT 0 1
b> INSERT INTO c VALUES (2, 2)
INSERT 0 1
a> DELETE FROM p WHERE id = 2
waits
b> DELETE FROM p WHERE id = 1
waits
sleep 1500ms
a: ERROR 40P01: deadlock detected
a: DETAIL: Process # waits for ShareLock on transaction #; blocked by process #.\nProcess # waits for ShareLock on transaction #; blocked by process #.
a: HINT: See server log for query details.
b: DELETE 1
a> ROLLBACK
ROLLBACK
b> ROLLBACK
ROLLBACK
