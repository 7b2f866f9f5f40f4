-- Without the look before, it is a plain duplicate.

setup> CREATE TABLE t (name text PRIMARY KEY)
CREATE TABLE
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> INSERT INTO t VALUES ('x')
INSERT 0 1
b> INSERT INTO t VALUES ('x')
waits
a> COMMIT
COMMIT
b: ERROR 23505: duplicate key value violates unique constraint "t_pkey"
b: DETAIL: Key (name)=(x) already exists.
b: CONSTRAINT: t_pkey
b> ROLLBACK
ROLLBACK
