-- 23514: the failing row.

db> CREATE TABLE t (id int, n int CHECK (n > 0), s text)
CREATE TABLE
db> INSERT INTO t VALUES (1, -1, 'a, b')
ERROR 23514: new row for relation "t" violates check constraint "t_n_check"
DETAIL: Failing row contains (1, -1, a, b).
CONSTRAINT: t_n_check
db> INSERT INTO t VALUES (1, 5, NULL)
INSERT 0 1
db> UPDATE t SET n = n - 10
ERROR 23514: new row for relation "t" violates check constraint "t_n_check"
DETAIL: Failing row contains (1, -5, null).
CONSTRAINT: t_n_check
