-- A check that is NULL holds.

db> CREATE TABLE t (n int CHECK (n > 0))
CREATE TABLE
db> INSERT INTO t VALUES (NULL)
INSERT 0 1
db> INSERT INTO t VALUES (-1)
ERROR 23514: new row for relation "t" violates check constraint "t_n_check"
DETAIL: Failing row contains (-1).
CONSTRAINT: t_n_check
db> UPDATE t SET n = -1
ERROR 23514: new row for relation "t" violates check constraint "t_n_check"
DETAIL: Failing row contains (-1).
CONSTRAINT: t_n_check
