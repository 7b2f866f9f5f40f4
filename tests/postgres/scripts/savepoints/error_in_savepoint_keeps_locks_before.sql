-- The error aborts only the innermost savepoint's work: older locks are kept until the end.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0)
INSERT 0 2
a> BEGIN
BEGIN
a> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
a> SAVEPOINT s
SAVEPOINT
a> UPDATE t SET n = 1 WHERE id = 2
UPDATE 1
a> SELECT 1/0
ERROR 22012: division by zero
b> UPDATE t SET n = n + 10 WHERE id = 2
UPDATE 1
c> UPDATE t SET n = n + 10 WHERE id = 1
waits
a> ROLLBACK TO s
ROLLBACK
a> COMMIT
COMMIT
c: UPDATE 1
