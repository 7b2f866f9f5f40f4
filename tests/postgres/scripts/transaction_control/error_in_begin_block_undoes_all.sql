-- Everything since BEGIN goes, the error only decides when.

db> CREATE TABLE t (n int PRIMARY KEY)
CREATE TABLE
db> BEGIN
BEGIN
db> INSERT INTO t VALUES (1)
INSERT 0 1
db> INSERT INTO t VALUES (2)
INSERT 0 1
db> INSERT INTO t VALUES (1)
ERROR 23505: duplicate key value violates unique constraint "t_pkey"
DETAIL: Key (n)=(1) already exists.
CONSTRAINT: t_pkey
db> ROLLBACK
ROLLBACK
db> SELECT * FROM t
n int4
SELECT 0
