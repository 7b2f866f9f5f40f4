-- A bare column in SET's right side is of the table; in RETURNING too.

db> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 1)
INSERT 0 1
db> INSERT INTO t VALUES (1, 10) ON CONFLICT (id) DO UPDATE SET n = n + 1
ERROR 42702: column reference "n" is ambiguous
db> INSERT INTO t AS x VALUES (1, 10) ON CONFLICT (id) DO UPDATE SET n = x.n + 1 RETURNING x.n
n int4
2
INSERT 0 1
