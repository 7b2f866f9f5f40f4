-- A sequence does not roll back.

db> CREATE TABLE t (id serial, n int NOT NULL)
CREATE TABLE
db> INSERT INTO t (n) VALUES (1) RETURNING id
id int4
1
INSERT 0 1
db> BEGIN
BEGIN
db> INSERT INTO t (n) VALUES (2) RETURNING id
id int4
2
INSERT 0 1
db> ROLLBACK
ROLLBACK
db> INSERT INTO t (n) VALUES (NULL)
ERROR 23502: null value in column "n" of relation "t" violates not-null constraint
DETAIL: Failing row contains (3, null).
db> INSERT INTO t (n) VALUES (3) RETURNING id
id int4
4
INSERT 0 1
