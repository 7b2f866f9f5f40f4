-- A table lock taken after a savepoint goes with ROLLBACK TO.

setup> CREATE TABLE t (n int)
CREATE TABLE
a> BEGIN
BEGIN
a> SAVEPOINT s
SAVEPOINT
a> LOCK t
LOCK TABLE
b> SELECT * FROM t
waits
a> ROLLBACK TO s
ROLLBACK
b: n int4
b: SELECT 0
a> COMMIT
COMMIT
