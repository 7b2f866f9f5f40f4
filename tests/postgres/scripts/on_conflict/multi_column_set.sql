-- SET (a, b) = (…), and a row from a subquery.

db> CREATE TABLE t (id int PRIMARY KEY, a int, b int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 1, 1)
INSERT 0 1
db> INSERT INTO t VALUES (1, 2, 3) ON CONFLICT (id) DO UPDATE SET (a, b) = (excluded.a, excluded.b) RETURNING *
id int4 | a int4 | b int4
1       | 2      | 3
INSERT 0 1
db> INSERT INTO t VALUES (1, 0, 0) ON CONFLICT (id) DO UPDATE SET (a, b) = (SELECT 7, 8) RETURNING *
id int4 | a int4 | b int4
1       | 7      | 8
INSERT 0 1
