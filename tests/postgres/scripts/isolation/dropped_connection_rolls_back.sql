-- A client that vanishes: its changes and its locks go.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 10)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 11 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = n + 5 WHERE id = 1
waits
disconnect a
b: UPDATE 1
b> SELECT n FROM t
n int4
15
SELECT 1
