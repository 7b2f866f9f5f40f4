-- A share lock taken before an update of a non-key column by a third one.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> SELECT * FROM t FOR KEY SHARE
id int4 | n int4
1       | 0
SELECT 1
b> UPDATE t SET n = 1
UPDATE 1
c> DELETE FROM t
waits
b> SELECT * FROM t
id int4 | n int4
1       | 1
SELECT 1
a> COMMIT
COMMIT
c: DELETE 1
