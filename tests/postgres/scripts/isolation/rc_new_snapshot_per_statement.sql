-- READ COMMITTED sees what was committed before the statement; two SELECTs may differ.

setup> CREATE TABLE t (n int)
CREATE TABLE
a> BEGIN
BEGIN
a> SELECT count(*) FROM t
count int8
0
SELECT 1
b> INSERT INTO t VALUES (1)
INSERT 0 1
a> SELECT count(*) FROM t
count int8
1
SELECT 1
a> COMMIT
COMMIT
