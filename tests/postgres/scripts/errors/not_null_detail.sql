-- 23502: the failing row, shortened where it is long.

db> CREATE TABLE t (id int, name text NOT NULL, d date, b bool, j jsonb, a int[])
CREATE TABLE
db> INSERT INTO t VALUES (1, NULL, '2024-01-02', true, '{"a": 1}', '{1,2}')
ERROR 23502: null value in column "name" of relation "t" violates not-null constraint
DETAIL: Failing row contains (1, null, 2024-01-02, t, {"a": 1}, {1,2}).
db> INSERT INTO t VALUES (1, NULL, NULL, NULL, NULL, NULL)
ERROR 23502: null value in column "name" of relation "t" violates not-null constraint
DETAIL: Failing row contains (1, null, null, null, null, null).
db> CREATE TABLE long (s text, n int NOT NULL)
CREATE TABLE
db> INSERT INTO long VALUES (repeat('x', 100), NULL)
ERROR 23502: null value in column "n" of relation "long" violates not-null constraint
DETAIL: Failing row contains (xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..., null).
