-- But it does wait for a delete.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 1)
INSERT 0 1
a> BEGIN
BEGIN
a> DELETE FROM t
DELETE 1
b> INSERT INTO t VALUES (1, 10) ON CONFLICT DO NOTHING
waits
a> COMMIT
COMMIT
b: INSERT 0 1
b> SELECT * FROM t
id int4 | n int4
1       | 10
SELECT 1
