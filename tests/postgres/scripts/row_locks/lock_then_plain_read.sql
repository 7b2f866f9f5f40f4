-- Plain reads never wait for row locks.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 1
UPDATE 1
b> SELECT * FROM t
id int4 | n int4
1       | 0
SELECT 1
a> COMMIT
COMMIT
b> SELECT * FROM t
id int4 | n int4
1       | 1
SELECT 1
