-- A second check on the same column gets a number.

db> CREATE TABLE t (n int CHECK (n > 0) CHECK (n < 10), CHECK (n <> 5))
CREATE TABLE
db> INSERT INTO t VALUES (0)
ERROR 23514: new row for relation "t" violates check constraint "t_n_check"
DETAIL: Failing row contains (0).
CONSTRAINT: t_n_check
db> INSERT INTO t VALUES (10)
ERROR 23514: new row for relation "t" violates check constraint "t_n_check1"
DETAIL: Failing row contains (10).
CONSTRAINT: t_n_check1
db> INSERT INTO t VALUES (5)
ERROR 23514: new row for relation "t" violates check constraint "t_n_check2"
DETAIL: Failing row contains (5).
CONSTRAINT: t_n_check2
