-- A deleted row comes back, and is still unique.

db> CREATE TABLE t (id int PRIMARY KEY)
CREATE TABLE
db> INSERT INTO t VALUES (1)
INSERT 0 1
db> BEGIN
BEGIN
db> SAVEPOINT s
SAVEPOINT
db> DELETE FROM t
DELETE 1
db> INSERT INTO t VALUES (1)
INSERT 0 1
db> ROLLBACK TO s
ROLLBACK
db> INSERT INTO t VALUES (1)
ERROR 23505: duplicate key value violates unique constraint "t_pkey"
DETAIL: Key (id)=(1) already exists.
CONSTRAINT: t_pkey
db> ROLLBACK
ROLLBACK
db> SELECT * FROM t
id int4
1
SELECT 1
