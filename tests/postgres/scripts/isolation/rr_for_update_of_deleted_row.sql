-- SELECT … FOR UPDATE says "concurrent update" of a deleted row too; UPDATE and DELETE tell the two apart.

setup> CREATE TABLE t (id int PRIMARY KEY)
CREATE TABLE
setup> INSERT INTO t VALUES (1)
INSERT 0 1
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT count(*) FROM t
count int8
1
SELECT 1
b> DELETE FROM t
DELETE 1
a> SELECT * FROM t FOR UPDATE
ERROR 40001: could not serialize access due to concurrent update
a> ROLLBACK
ROLLBACK
