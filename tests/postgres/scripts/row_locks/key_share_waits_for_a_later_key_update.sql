-- The same with an update of the key after one that left it alone.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 1
UPDATE 1
a> UPDATE t SET id = 2
UPDATE 1
b> SELECT * FROM t FOR KEY SHARE
waits
a> COMMIT
COMMIT
b: id int4 | n int4
b: 2       | 1
b: SELECT 1
