-- An update into a key that another one is inserting waits as well.

setup> CREATE TABLE t (id int PRIMARY KEY)
CREATE TABLE
setup> INSERT INTO t VALUES (1)
INSERT 0 1
a> BEGIN
BEGIN
a> INSERT INTO t VALUES (2)
INSERT 0 1
b> UPDATE t SET id = 2 WHERE id = 1
waits
a> ROLLBACK
ROLLBACK
b: UPDATE 1
b> SELECT * FROM t
id int4
2
SELECT 1
