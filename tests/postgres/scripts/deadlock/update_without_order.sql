-- Two updates of several rows meet in the middle only if they go in different orders; the heap's order is one.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0), (3, 0)
INSERT 0 3
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> UPDATE t SET n = n + 1
UPDATE 3
b> UPDATE t SET n = n + 1
waits
sleep 1200ms
a> COMMIT
COMMIT
b: UPDATE 3
b> COMMIT
COMMIT
a> SELECT n FROM t WHERE id = 1
n int4
2
SELECT 1
