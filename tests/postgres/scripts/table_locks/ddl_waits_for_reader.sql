-- ALTER TABLE waits for an open transaction that has only read, and holds up those that come after it.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> SELECT * FROM t
id int4 | n int4
1       | 0
SELECT 1
b> ALTER TABLE t ADD COLUMN m int
waits
c> SELECT id FROM t
waits
a> COMMIT
COMMIT
b: ALTER TABLE
c: id int4
c: 1
c: SELECT 1
c> SELECT * FROM t
id int4 | n int4 | m int4
1       | 0      | NULL
SELECT 1
