-- NOT NULL and checks: which violation is reported when a row breaks several.

db> CREATE TABLE t (a int NOT NULL CHECK (a > 0), b int PRIMARY KEY, CONSTRAINT aa CHECK (b > 10))
CREATE TABLE
db> INSERT INTO t VALUES (NULL, 1)
ERROR 23502: null value in column "a" of relation "t" violates not-null constraint
DETAIL: Failing row contains (null, 1).
db> INSERT INTO t VALUES (-1, 1)
ERROR 23514: new row for relation "t" violates check constraint "aa"
DETAIL: Failing row contains (-1, 1).
CONSTRAINT: aa
db> INSERT INTO t VALUES (1, NULL)
ERROR 23502: null value in column "b" of relation "t" violates not-null constraint
DETAIL: Failing row contains (1, null).
db> INSERT INTO t VALUES (1, 11)
INSERT 0 1
db> INSERT INTO t VALUES (-1, 11)
ERROR 23514: new row for relation "t" violates check constraint "t_a_check"
DETAIL: Failing row contains (-1, 11).
CONSTRAINT: t_a_check
