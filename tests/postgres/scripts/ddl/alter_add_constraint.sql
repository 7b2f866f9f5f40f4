-- Constraints are checked against the rows that are there.

db> CREATE TABLE t (a int, b int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 1), (1, 2)
INSERT 0 2
db> ALTER TABLE t ADD PRIMARY KEY (a)
ERROR 23505: could not create unique index "t_pkey"
DETAIL: Key (a)=(1) is duplicated.
CONSTRAINT: t_pkey
db> ALTER TABLE t ADD CONSTRAINT b_small CHECK (b < 2)
ERROR 23514: check constraint "b_small" of relation "t" is violated by some row
CONSTRAINT: b_small
db> ALTER TABLE t ADD CONSTRAINT b_pos CHECK (b > 0)
ALTER TABLE
db> ALTER TABLE t ADD UNIQUE (b)
ALTER TABLE
db> INSERT INTO t VALUES (2, 2)
ERROR 23505: duplicate key value violates unique constraint "t_b_key"
DETAIL: Key (b)=(2) already exists.
CONSTRAINT: t_b_key
db> ALTER TABLE t DROP CONSTRAINT b_pos
ALTER TABLE
db> ALTER TABLE t DROP CONSTRAINT nowhere
ERROR 42704: constraint "nowhere" of relation "t" does not exist
db> ALTER TABLE t DROP CONSTRAINT IF EXISTS nowhere
NOTICE 00000: constraint "nowhere" of relation "t" does not exist, skipping
ALTER TABLE
db> INSERT INTO t VALUES (2, -2)
INSERT 0 1
