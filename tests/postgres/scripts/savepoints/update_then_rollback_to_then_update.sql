-- Versions of a rolled back savepoint are gone for the next update.

db> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 0)
INSERT 0 1
db> BEGIN
BEGIN
db> UPDATE t SET n = n + 1
UPDATE 1
db> SAVEPOINT s
SAVEPOINT
db> UPDATE t SET n = n + 10
UPDATE 1
db> ROLLBACK TO s
ROLLBACK
db> UPDATE t SET n = n + 100
UPDATE 1
db> SELECT n FROM t
n int4
101
SELECT 1
db> COMMIT
COMMIT
db> SELECT n FROM t
n int4
101
SELECT 1
