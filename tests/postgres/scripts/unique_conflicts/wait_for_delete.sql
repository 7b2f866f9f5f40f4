-- The key is being deleted: wait, then insert if the delete commits.

setup> CREATE TABLE t (id int PRIMARY KEY, who text)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 'old')
INSERT 0 1
a> BEGIN
BEGIN
a> DELETE FROM t WHERE id = 1
DELETE 1
b> INSERT INTO t VALUES (1, 'b')
waits
a> COMMIT
COMMIT
b: INSERT 0 1
b> SELECT * FROM t
id int4 | who text
1       | b
SELECT 1
