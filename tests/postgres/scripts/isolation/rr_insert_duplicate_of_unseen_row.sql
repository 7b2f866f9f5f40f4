-- The unique index knows rows that the snapshot does not see: 23505 for a row that one cannot find.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT count(*) FROM t
count int8
0
SELECT 1
b> INSERT INTO t VALUES (1, 10)
INSERT 0 1
a> SELECT * FROM t WHERE id = 1
id int4 | n int4
SELECT 0
a> INSERT INTO t VALUES (1, 20)
ERROR 23505: duplicate key value violates unique constraint "t_pkey"
DETAIL: Key (id)=(1) already exists.
CONSTRAINT: t_pkey
a> ROLLBACK
ROLLBACK
