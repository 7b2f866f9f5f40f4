-- Several sessions share a row; who wants to change it waits for all of them.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
b> BEGIN
BEGIN
c> BEGIN
BEGIN
a> SELECT * FROM t FOR KEY SHARE
id int4 | n int4
1       | 0
SELECT 1
b> SELECT * FROM t FOR SHARE
id int4 | n int4
1       | 0
SELECT 1
c> UPDATE t SET n = 1
waits
a> COMMIT
COMMIT
b> ROLLBACK
ROLLBACK
c: UPDATE 1
a> BEGIN
BEGIN
a> SELECT * FROM t FOR KEY SHARE
id int4 | n int4
1       | 0
SELECT 1
c> COMMIT
COMMIT
b> BEGIN
BEGIN
b> SELECT * FROM t FOR KEY SHARE
id int4 | n int4
1       | 1
SELECT 1
c> BEGIN
BEGIN
c> UPDATE t SET n = 2
UPDATE 1
c> DELETE FROM t
waits
a> UPDATE t SET n = 3
waits
b> COMMIT
COMMIT
sleep 2s
c: ERROR 40P01: deadlock detected
c: DETAIL: Process # waits for ShareLock on transaction #; blocked by process #.\nProcess # waits for ShareLock on transaction #; blocked by process #.
c: HINT: See server log for query details.
a: UPDATE 1
a> ROLLBACK
ROLLBACK
c> COMMIT
ROLLBACK
