-- ON CONFLICT catches unique violations only.

db> CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL CHECK (n > 0))
CREATE TABLE
db> INSERT INTO t VALUES (1, 1)
INSERT 0 1
db> INSERT INTO t VALUES (1, NULL) ON CONFLICT DO NOTHING
ERROR 23502: null value in column "n" of relation "t" violates not-null constraint
DETAIL: Failing row contains (1, null).
db> INSERT INTO t VALUES (1, 0) ON CONFLICT DO NOTHING
ERROR 23514: new row for relation "t" violates check constraint "t_n_check"
DETAIL: Failing row contains (1, 0).
CONSTRAINT: t_n_check
db> INSERT INTO t VALUES (1, 5) ON CONFLICT (id) DO UPDATE SET n = 0
ERROR 23514: new row for relation "t" violates check constraint "t_n_check"
DETAIL: Failing row contains (1, 0).
CONSTRAINT: t_n_check
