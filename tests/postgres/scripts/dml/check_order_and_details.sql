-- NOT NULL before CHECK, checks in the order of their names; long values are cut in DETAIL.

db> CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL CONSTRAINT zz CHECK (a > 0), b text NOT NULL CONSTRAINT aa CHECK (length(b) < 100), c numeric(5,2), d timestamptz)
CREATE TABLE
db> INSERT INTO t VALUES (1, NULL, NULL, 1, NULL)
ERROR 23502: null value in column "a" of relation "t" violates not-null constraint
DETAIL: Failing row contains (1, null, null, 1.00, null).
db> INSERT INTO t VALUES (1, -1, repeat('x', 200), 1.5, '2020-01-01 00:00:00+00')
ERROR 23514: new row for relation "t" violates check constraint "aa"
DETAIL: Failing row contains (1, -1, xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..., 1.50, 2020-01-01 00:00:00+00).
CONSTRAINT: aa
db> INSERT INTO t VALUES (1, -1, 'ok', 1.5, NULL)
ERROR 23514: new row for relation "t" violates check constraint "zz"
DETAIL: Failing row contains (1, -1, ok, 1.50, null).
CONSTRAINT: zz
db> INSERT INTO t VALUES (NULL, 1, 'ok', 1.5, NULL)
ERROR 23502: null value in column "id" of relation "t" violates not-null constraint
DETAIL: Failing row contains (null, 1, ok, 1.50, null).
db> INSERT INTO t VALUES (1, 1, 'é' || repeat('ä', 70), 1.5, NULL)
INSERT 0 1
db> UPDATE t SET a = 0
ERROR 23514: new row for relation "t" violates check constraint "zz"
DETAIL: Failing row contains (1, 0, éäääääääääääääääääääääääääääääää..., 1.50, null).
CONSTRAINT: zz
db> UPDATE t SET b = NULL, a = 0
ERROR 23502: null value in column "b" of relation "t" violates not-null constraint
DETAIL: Failing row contains (1, 0, null, 1.50, null).
db> UPDATE t SET b = repeat('y', 120)
ERROR 23514: new row for relation "t" violates check constraint "aa"
DETAIL: Failing row contains (1, 1, yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy..., 1.50, null).
CONSTRAINT: aa
db> INSERT INTO t VALUES (1, 0, 'x', 1, NULL)
ERROR 23514: new row for relation "t" violates check constraint "zz"
DETAIL: Failing row contains (1, 0, x, 1.00, null).
CONSTRAINT: zz
db> INSERT INTO t VALUES (1, 1, 'x', 1000, NULL)
ERROR 22003: numeric field overflow
DETAIL: A field with precision 5, scale 2 must round to an absolute value less than 10^3.
db> INSERT INTO t (id) VALUES (2)
ERROR 23502: null value in column "a" of relation "t" violates not-null constraint
DETAIL: Failing row contains (2, null, null, null, null).
