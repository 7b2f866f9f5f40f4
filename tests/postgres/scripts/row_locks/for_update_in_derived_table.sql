-- A locking clause inside of a derived table.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 5), (2, 6)
INSERT 0 2
a> BEGIN
BEGIN
a> SELECT max(n) FROM (SELECT n FROM t WHERE id = 1 FOR UPDATE) s
max int4
5
SELECT 1
b> SELECT id FROM t ORDER BY id FOR UPDATE SKIP LOCKED
id int4
2
SELECT 1
a> COMMIT
COMMIT
