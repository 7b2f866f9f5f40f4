-- The arbiter's conflict decides before other unique indexes are looked at: no wait for them.

setup> CREATE TABLE t (id int PRIMARY KEY, k int UNIQUE, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (2, 2, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> INSERT INTO t VALUES (3, 3, 0)
INSERT 0 1
b> INSERT INTO t VALUES (3, 2, 5) ON CONFLICT (k) DO UPDATE SET n = excluded.n
INSERT 0 1
b> INSERT INTO t VALUES (2, 3, 5) ON CONFLICT (id) DO NOTHING
INSERT 0 0
a> COMMIT
COMMIT
b> SELECT * FROM t ORDER BY id
id int4 | k int4 | n int4
2       | 2      | 5
3       | 3      | 0
SELECT 2
