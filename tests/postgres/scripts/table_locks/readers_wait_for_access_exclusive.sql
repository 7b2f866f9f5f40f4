-- ACCESS EXCLUSIVE, the default, keeps readers out too.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> LOCK t
LOCK TABLE
b> SELECT * FROM t
waits
a> COMMIT
COMMIT
b: id int4 | n int4
b: 1       | 0
b: SELECT 1
