-- A WHERE that does not hold: the row is locked, not updated, not returned.

db> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 5), (2, 5)
INSERT 0 2
db> INSERT INTO t VALUES (1, 3), (2, 7) ON CONFLICT (id) DO UPDATE SET n = excluded.n WHERE excluded.n > t.n RETURNING *
id int4 | n int4
2       | 7
INSERT 0 1
db> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 5
2       | 7
SELECT 2
