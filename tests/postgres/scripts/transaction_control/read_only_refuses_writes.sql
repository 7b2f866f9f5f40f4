-- A READ ONLY transaction refuses to write: 25006.

db> CREATE TABLE t (n int)
CREATE TABLE
db> BEGIN READ ONLY
BEGIN
db> SELECT count(*) FROM t
count int8
0
SELECT 1
db> INSERT INTO t VALUES (1)
ERROR 25006: cannot execute INSERT in a read-only transaction
db> ROLLBACK
ROLLBACK
db> BEGIN READ ONLY
BEGIN
db> CREATE TABLE u (n int)
ERROR 25006: cannot execute CREATE TABLE in a read-only transaction
db> ROLLBACK
ROLLBACK
db> BEGIN READ ONLY
BEGIN
db> SELECT * FROM t FOR UPDATE
ERROR 25006: cannot execute SELECT FOR UPDATE in a read-only transaction
db> ROLLBACK
ROLLBACK
db> BEGIN READ ONLY
BEGIN
db> DELETE FROM t
ERROR 25006: cannot execute DELETE in a read-only transaction
db> ROLLBACK
ROLLBACK
db> BEGIN READ ONLY
BEGIN
db> UPDATE t SET n = 1
ERROR 25006: cannot execute UPDATE in a read-only transaction
db> ROLLBACK
ROLLBACK
