-- Without a target any unique index is an arbiter, and is waited for.

setup> CREATE TABLE t (id int PRIMARY KEY, k int UNIQUE)
CREATE TABLE
a> BEGIN
BEGIN
a> INSERT INTO t VALUES (1, 1)
INSERT 0 1
b> INSERT INTO t VALUES (2, 1) ON CONFLICT DO NOTHING
waits
a> ROLLBACK
ROLLBACK
b: INSERT 0 1
b> SELECT * FROM t
id int4 | k int4
2       | 1
SELECT 1
