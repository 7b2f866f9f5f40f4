-- An upgraded lock falls back with its savepoint; the one before stays.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> SELECT * FROM t FOR SHARE
id int4 | n int4
1       | 0
SELECT 1
a> SAVEPOINT s
SAVEPOINT
a> SELECT * FROM t FOR UPDATE
id int4 | n int4
1       | 0
SELECT 1
b> BEGIN
BEGIN
b> SELECT * FROM t FOR SHARE
waits
a> ROLLBACK TO s
ROLLBACK
b: id int4 | n int4
b: 1       | 0
b: SELECT 1
c> UPDATE t SET n = 9
waits
b> COMMIT
COMMIT
a> COMMIT
COMMIT
c: UPDATE 1
a> BEGIN
BEGIN
a> SAVEPOINT s
SAVEPOINT
a> UPDATE t SET n = 5
UPDATE 1
b> SELECT * FROM t FOR UPDATE NOWAIT
ERROR 55P03: could not obtain lock on row in relation "t"
b> UPDATE t SET n = 6
waits
a> ROLLBACK TO s
ROLLBACK
b: UPDATE 1
a> SELECT * FROM t
id int4 | n int4
1       | 6
SELECT 1
a> COMMIT
COMMIT
