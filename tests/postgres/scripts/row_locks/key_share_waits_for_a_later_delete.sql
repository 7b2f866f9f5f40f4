-- A row that one transaction updated, and then deleted: FOR KEY SHARE must wait, though the update alone would let it pass.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 1
UPDATE 1
a> DELETE FROM t
DELETE 1
b> SELECT * FROM t FOR KEY SHARE
waits
a> ROLLBACK
ROLLBACK
b: id int4 | n int4
b: 1       | 0
b: SELECT 1
