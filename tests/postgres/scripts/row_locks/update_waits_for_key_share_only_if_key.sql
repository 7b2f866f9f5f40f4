-- A holder of FOR KEY SHARE lets non-key updates pass, and holds up a delete.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> SELECT id FROM t FOR KEY SHARE
id int4
1
SELECT 1
b> UPDATE t SET n = 1
UPDATE 1
b> DELETE FROM t
waits
a> COMMIT
COMMIT
b: DELETE 1
