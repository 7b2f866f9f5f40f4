-- Inserts of one key: wait, then 23505, at this level too.

setup> CREATE TABLE t (id int PRIMARY KEY)
CREATE TABLE
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
b> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> INSERT INTO t VALUES (1)
INSERT 0 1
b> INSERT INTO t VALUES (1)
waits
a> COMMIT
COMMIT
b: ERROR 23505: duplicate key value violates unique constraint "t_pkey"
b: DETAIL: Key (id)=(1) already exists.
b: CONSTRAINT: t_pkey
b> ROLLBACK
ROLLBACK
