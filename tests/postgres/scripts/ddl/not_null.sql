-- 23502 shows the failing row.

db> CREATE TABLE t (id int NOT NULL, name text NOT NULL, note text)
CREATE TABLE
db> INSERT INTO t (id) VALUES (1)
ERROR 23502: null value in column "name" of relation "t" violates not-null constraint
DETAIL: Failing row contains (1, null, null).
db> INSERT INTO t VALUES (1, NULL, 'x')
ERROR 23502: null value in column "name" of relation "t" violates not-null constraint
DETAIL: Failing row contains (1, null, x).
db> INSERT INTO t VALUES (1, 'a', NULL)
INSERT 0 1
db> UPDATE t SET name = NULL
ERROR 23502: null value in column "name" of relation "t" violates not-null constraint
DETAIL: Failing row contains (1, null, null).
