-- First updater wins, the second learns it when the first commits; a third that starts later is fine.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
b> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> UPDATE t SET n = n + 1
UPDATE 1
b> UPDATE t SET n = n + 1
waits
a> COMMIT
COMMIT
b: ERROR 40001: could not serialize access due to concurrent update
b> ROLLBACK
ROLLBACK
b> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
b> UPDATE t SET n = n + 1 RETURNING n
n int4
2
UPDATE 1
b> COMMIT
COMMIT
