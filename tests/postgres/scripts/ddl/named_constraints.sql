-- Names given by hand.

db> CREATE TABLE t (n int CONSTRAINT positive CHECK (n > 0), m int CONSTRAINT once UNIQUE, CONSTRAINT sum_limit CHECK (n + m < 10))
CREATE TABLE
db> INSERT INTO t VALUES (0, 1)
ERROR 23514: new row for relation "t" violates check constraint "positive"
DETAIL: Failing row contains (0, 1).
CONSTRAINT: positive
db> INSERT INTO t VALUES (5, 6)
ERROR 23514: new row for relation "t" violates check constraint "sum_limit"
DETAIL: Failing row contains (5, 6).
CONSTRAINT: sum_limit
db> INSERT INTO t VALUES (1, 1)
INSERT 0 1
db> INSERT INTO t VALUES (2, 1)
ERROR 23505: duplicate key value violates unique constraint "once"
DETAIL: Key (m)=(1) already exists.
CONSTRAINT: once
db> CREATE TABLE u (n int CONSTRAINT same CHECK (n > 0), CONSTRAINT same CHECK (n > 1))
ERROR 42710: check constraint "same" already exists
