-- What was locked before a savepoint stays locked when locks taken after it are let go, by whatever way.

setup> CREATE TABLE t (id int PRIMARY KEY)
CREATE TABLE
setup> CREATE TABLE u (id int)
CREATE TABLE
a> BEGIN
BEGIN
a> LOCK TABLE t
LOCK TABLE
a> SAVEPOINT s
SAVEPOINT
a> LOCK TABLE u
LOCK TABLE
b> TRUNCATE t
waits
c> INSERT INTO u VALUES (1)
waits
a> ROLLBACK TO s
ROLLBACK
c: INSERT 0 1
a> SELECT pg_advisory_lock(1), pg_advisory_unlock(1)
pg_advisory_lock void | pg_advisory_unlock bool
''                    | t
SELECT 1
a> SELECT 1 / 0
ERROR 22012: division by zero
a> ROLLBACK TO s
ROLLBACK
a> COMMIT
COMMIT
b: TRUNCATE TABLE
