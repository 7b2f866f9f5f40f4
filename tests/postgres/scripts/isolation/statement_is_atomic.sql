-- A statement that fails half way leaves nothing behind.

setup> CREATE TABLE t (id int PRIMARY KEY, n int CHECK (n < 100))
CREATE TABLE
setup> INSERT INTO t VALUES (1, 10), (2, 98)
INSERT 0 2
a> UPDATE t SET n = n + 10
ERROR 23514: new row for relation "t" violates check constraint "t_n_check"
DETAIL: Failing row contains (2, 108).
CONSTRAINT: t_n_check
a> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 10
2       | 98
SELECT 2
a> INSERT INTO t VALUES (3, 1), (4, 2), (3, 3)
ERROR 23505: duplicate key value violates unique constraint "t_pkey"
DETAIL: Key (id)=(3) already exists.
CONSTRAINT: t_pkey
a> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 10
2       | 98
SELECT 2
