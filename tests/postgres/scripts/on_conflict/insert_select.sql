-- From a query.

db> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> INSERT INTO t VALUES (2, 0)
INSERT 0 1
db> INSERT INTO t SELECT i, i * 10 FROM generate_series(1, 3) i ON CONFLICT (id) DO UPDATE SET n = excluded.n RETURNING id, n
id int4 | n int4
1       | 10
2       | 20
3       | 30
INSERT 0 3
