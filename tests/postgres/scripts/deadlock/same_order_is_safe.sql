-- In the same order there is a wait and no deadlock.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0)
INSERT 0 2
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = 2 WHERE id = 1
waits
a> UPDATE t SET n = 1 WHERE id = 2
UPDATE 1
sleep 1500ms
a> COMMIT
COMMIT
b: UPDATE 1
b> UPDATE t SET n = 2 WHERE id = 2
UPDATE 1
b> COMMIT
COMMIT
