-- RELEASE keeps the changes and forgets the savepoint, and those after it.

db> CREATE TABLE t (n int)
CREATE TABLE
db> BEGIN
BEGIN
db> SAVEPOINT a
SAVEPOINT
db> INSERT INTO t VALUES (1)
INSERT 0 1
db> SAVEPOINT b
SAVEPOINT
db> INSERT INTO t VALUES (2)
INSERT 0 1
db> RELEASE SAVEPOINT a
RELEASE
db> ROLLBACK TO b
ERROR 3B001: savepoint "b" does not exist
db> ROLLBACK
ROLLBACK
db> SELECT count(*) FROM t
count int8
0
SELECT 1
