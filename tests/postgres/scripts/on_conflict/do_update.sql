-- DO UPDATE with EXCLUDED.

db> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 1)
INSERT 0 1
db> INSERT INTO t VALUES (1, 10), (2, 20) ON CONFLICT (id) DO UPDATE SET n = t.n + excluded.n RETURNING *
id int4 | n int4
1       | 11
2       | 20
INSERT 0 2
db> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 11
2       | 20
SELECT 2
