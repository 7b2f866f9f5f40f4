-- … and 23505 if it does not.

setup> CREATE TABLE t (id int PRIMARY KEY, who text)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 'old')
INSERT 0 1
a> BEGIN
BEGIN
a> DELETE FROM t WHERE id = 1
DELETE 1
b> INSERT INTO t VALUES (1, 'b')
waits
a> ROLLBACK
ROLLBACK
b: ERROR 23505: duplicate key value violates unique constraint "t_pkey"
b: DETAIL: Key (id)=(1) already exists.
b: CONSTRAINT: t_pkey
