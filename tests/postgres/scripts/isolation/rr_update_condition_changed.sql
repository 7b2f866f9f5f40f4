-- The row would no longer match: still 40001, since it was changed.

setup> CREATE TABLE t (id int PRIMARY KEY, state text)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 'new')
INSERT 0 1
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT count(*) FROM t
count int8
1
SELECT 1
b> UPDATE t SET state = 'done'
UPDATE 1
a> UPDATE t SET state = 'mine' WHERE state = 'new'
ERROR 40001: could not serialize access due to concurrent update
a> ROLLBACK
ROLLBACK
