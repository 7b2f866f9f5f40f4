-- The first rolls back; of the two that waited one gets it, the other goes on waiting.

setup> CREATE TABLE t (id int PRIMARY KEY, who text)
CREATE TABLE
a> BEGIN
BEGIN
a> INSERT INTO t VALUES (1, 'a')
INSERT 0 1
b> INSERT INTO t VALUES (1, 'b')
waits
a> COMMIT
COMMIT
b: ERROR 23505: duplicate key value violates unique constraint "t_pkey"
b: DETAIL: Key (id)=(1) already exists.
b: CONSTRAINT: t_pkey
c> BEGIN
BEGIN
c> INSERT INTO t VALUES (2, 'c')
INSERT 0 1
d> INSERT INTO t VALUES (2, 'd')
waits
c> ROLLBACK
ROLLBACK
d: INSERT 0 1
a> SELECT * FROM t ORDER BY id
id int4 | who text
1       | a
2       | d
SELECT 2
