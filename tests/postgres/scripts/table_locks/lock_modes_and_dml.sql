-- What each mode lets through.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> LOCK TABLE t IN SHARE MODE
LOCK TABLE
b> SELECT * FROM t FOR UPDATE
id int4 | n int4
1       | 0
SELECT 1
b> UPDATE t SET n = 1
waits
a> COMMIT
COMMIT
b: UPDATE 1
a> BEGIN
BEGIN
a> LOCK TABLE t IN EXCLUSIVE MODE
LOCK TABLE
b> SELECT * FROM t
id int4 | n int4
1       | 1
SELECT 1
c> SELECT * FROM t FOR KEY SHARE
waits
a> COMMIT
COMMIT
c: id int4 | n int4
c: 1       | 1
c: SELECT 1
a> BEGIN
BEGIN
a> LOCK t
LOCK TABLE
b> SELECT * FROM t
waits
c> LOCK TABLE t IN ACCESS SHARE MODE NOWAIT
ERROR 25P01: LOCK TABLE can only be used in transaction blocks
a> COMMIT
COMMIT
b: id int4 | n int4
b: 1       | 1
b: SELECT 1
b> LOCK TABLE t
ERROR 25P01: LOCK TABLE can only be used in transaction blocks
a> BEGIN
BEGIN
a> LOCK TABLE t IN ROW EXCLUSIVE MODE
LOCK TABLE
b> BEGIN
BEGIN
b> LOCK TABLE t IN ROW EXCLUSIVE MODE
LOCK TABLE
b> LOCK TABLE t IN SHARE MODE
waits
a> UPDATE t SET n = 5
UPDATE 1
a> COMMIT
COMMIT
b: LOCK TABLE
b> SELECT * FROM t
id int4 | n int4
1       | 5
SELECT 1
b> COMMIT
COMMIT
c> LOCK TABLE nowhere
ERROR 25P01: LOCK TABLE can only be used in transaction blocks
c> BEGIN
BEGIN
c> LOCK TABLE nowhere
ERROR 42P01: relation "nowhere" does not exist
c> ROLLBACK
ROLLBACK
