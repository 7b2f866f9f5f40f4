-- LIKE copies columns; INCLUDING ALL the rest.

db> CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL DEFAULT 7 CHECK (n > 0))
CREATE TABLE
db> CREATE TABLE u (LIKE t)
CREATE TABLE
db> INSERT INTO u VALUES (1, NULL)
ERROR 23502: null value in column "n" of relation "u" violates not-null constraint
DETAIL: Failing row contains (1, null).
db> INSERT INTO u VALUES (1, -1), (1, -1)
INSERT 0 2
db> CREATE TABLE v (LIKE t INCLUDING ALL)
CREATE TABLE
db> INSERT INTO v VALUES (1) RETURNING *
id int4 | n int4
1       | 7
INSERT 0 1
db> INSERT INTO v VALUES (1)
ERROR 23505: duplicate key value violates unique constraint "v_pkey"
DETAIL: Key (id)=(1) already exists.
CONSTRAINT: v_pkey
