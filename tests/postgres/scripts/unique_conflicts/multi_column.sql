-- A key of several columns; the detail lists them.

db> CREATE TABLE t (a int, b text, c int, UNIQUE (a, b))
CREATE TABLE
db> INSERT INTO t VALUES (1, 'x', 1), (1, 'y', 1), (NULL, 'x', 1), (NULL, 'x', 1)
INSERT 0 4
db> INSERT INTO t VALUES (1, 'x', 2)
ERROR 23505: duplicate key value violates unique constraint "t_a_b_key"
DETAIL: Key (a, b)=(1, x) already exists.
CONSTRAINT: t_a_b_key
db> CREATE TABLE u (a int, b int, PRIMARY KEY (b, a))
CREATE TABLE
db> INSERT INTO u VALUES (1, 2)
INSERT 0 1
db> INSERT INTO u VALUES (1, 2)
ERROR 23505: duplicate key value violates unique constraint "u_pkey"
DETAIL: Key (b, a)=(2, 1) already exists.
CONSTRAINT: u_pkey
db> INSERT INTO u VALUES (2, NULL)
ERROR 23502: null value in column "b" of relation "u" violates not-null constraint
DETAIL: Failing row contains (2, null).
