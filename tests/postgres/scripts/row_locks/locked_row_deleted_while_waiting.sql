-- The row is gone after the wait: FOR UPDATE returns nothing.

setup> CREATE TABLE t (id int PRIMARY KEY)
CREATE TABLE
setup> INSERT INTO t VALUES (1), (2)
INSERT 0 2
a> BEGIN
BEGIN
a> DELETE FROM t WHERE id = 1
DELETE 1
b> SELECT id FROM t ORDER BY id FOR UPDATE
waits
a> COMMIT
COMMIT
b: id int4
b: 2
b: SELECT 1
