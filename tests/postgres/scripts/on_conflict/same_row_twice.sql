-- One command may not touch a row twice: 21000.

db> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 1), (1, 2) ON CONFLICT (id) DO UPDATE SET n = excluded.n
ERROR 21000: ON CONFLICT DO UPDATE command cannot affect row a second time
HINT: Ensure that no rows proposed for insertion within the same command have duplicate constrained values.
db> INSERT INTO t VALUES (1, 1), (1, 2) ON CONFLICT (id) DO NOTHING
INSERT 0 1
db> SELECT * FROM t
id int4 | n int4
1       | 1
SELECT 1
