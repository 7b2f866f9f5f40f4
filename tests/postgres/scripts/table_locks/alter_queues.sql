-- ALTER TABLE waits behind a reader, and later readers wait behind it.

setup> CREATE TABLE t (id int PRIMARY KEY)
CREATE TABLE
setup> INSERT INTO t VALUES (1)
INSERT 0 1
a> BEGIN
BEGIN
a> SELECT * FROM t
id int4
1
SELECT 1
b> ALTER TABLE t ADD COLUMN n int DEFAULT 7
waits
c> SELECT * FROM t
waits
d> INSERT INTO t VALUES (2)
waits
a> SELECT * FROM t
id int4
1
SELECT 1
a> COMMIT
COMMIT
b: ALTER TABLE
c: id int4 | n int4
c: 1       | 7
c: SELECT 1
d: INSERT 0 1
d> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 7
2       | 7
SELECT 2
a> BEGIN
BEGIN
a> INSERT INTO t VALUES (3, 3)
INSERT 0 1
b> CREATE INDEX t_n ON t (n)
waits
c> SELECT count(*) FROM t
count int8
2
SELECT 1
d> UPDATE t SET n = 1 WHERE id = 1
waits
a> COMMIT
COMMIT
b: CREATE INDEX
d: UPDATE 1
