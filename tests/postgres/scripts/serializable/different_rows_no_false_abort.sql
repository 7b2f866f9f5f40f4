-- Point reads by key of different rows: no conflict, both commit. (Rows lie far apart in the index.)

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t SELECT i, 0 FROM generate_series(1, 5000) i
INSERT 0 5000
setup> ANALYZE t
ANALYZE
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT n FROM t WHERE id = 1
n int4
0
SELECT 1
b> SELECT n FROM t WHERE id = 4000
n int4
0
SELECT 1
a> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = 1 WHERE id = 4000
UPDATE 1
a> COMMIT
COMMIT
b> COMMIT
COMMIT
