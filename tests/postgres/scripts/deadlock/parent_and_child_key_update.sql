-- With an update of the parent's key it is a deadlock.

setup> CREATE TABLE p (id int PRIMARY KEY, total int)
CREATE TABLE
setup> CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p ON UPDATE CASCADE)
CREATE TABLE
setup> INSERT INTO p VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> INSERT INTO c VALUES (1, 1)
INSERT 0 1
b> INSERT INTO c VALUES (2, 1)
INSERT 0 1
a> UPDATE p SET id = 5 WHERE id = 1
waits
b> UPDATE p SET id = 6 WHERE id = 1
waits
sleep 1500ms
a: ERROR 40P01: deadlock detected
a: DETAIL: Process # waits for ShareLock on transaction #; blocked by process #.\nProcess # waits for ShareLock on transaction #; blocked by process #.
a: HINT: See server log for query details.
b: UPDATE 1
b> COMMIT
COMMIT
a> ROLLBACK
ROLLBACK
