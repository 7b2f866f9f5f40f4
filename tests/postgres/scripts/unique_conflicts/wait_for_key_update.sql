-- The key moves away: its old value is free once that commits, its new value is taken.

setup> CREATE TABLE t (id int PRIMARY KEY)
CREATE TABLE
setup> INSERT INTO t VALUES (1)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET id = 2
UPDATE 1
b> INSERT INTO t VALUES (1)
waits
c> INSERT INTO t VALUES (2)
waits
a> COMMIT
COMMIT
b: INSERT 0 1
c: ERROR 23505: duplicate key value violates unique constraint "t_pkey"
c: DETAIL: Key (id)=(2) already exists.
c: CONSTRAINT: t_pkey
