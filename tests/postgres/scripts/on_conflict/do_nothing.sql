-- DO NOTHING: a count of what was inserted, and RETURNING only that.

db> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 1)
INSERT 0 1
db> INSERT INTO t VALUES (1, 9), (2, 2) ON CONFLICT DO NOTHING RETURNING id, n
id int4 | n int4
2       | 2
INSERT 0 1
db> INSERT INTO t VALUES (1, 9) ON CONFLICT (id) DO NOTHING
INSERT 0 0
db> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 1
2       | 2
SELECT 2
