-- INSERT … SELECT reads its snapshot and waits for nobody.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> CREATE TABLE copy (id int, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 1
UPDATE 1
b> INSERT INTO copy SELECT * FROM t
INSERT 0 1
a> COMMIT
COMMIT
b> SELECT * FROM copy
id int4 | n int4
1       | 0
SELECT 1
