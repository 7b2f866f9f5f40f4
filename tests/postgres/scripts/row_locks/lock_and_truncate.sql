-- TRUNCATE waits for row locks' transactions as well.

setup> CREATE TABLE t (id int PRIMARY KEY)
CREATE TABLE
setup> INSERT INTO t VALUES (1)
INSERT 0 1
a> BEGIN
BEGIN
a> SELECT * FROM t FOR KEY SHARE
id int4
1
SELECT 1
b> TRUNCATE t
waits
a> COMMIT
COMMIT
b: TRUNCATE TABLE
b> SELECT count(*) FROM t
count int8
0
SELECT 1
