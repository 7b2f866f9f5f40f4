-- A unique index cannot be built over duplicates.

db> CREATE TABLE t (n int)
CREATE TABLE
db> INSERT INTO t VALUES (1), (1)
INSERT 0 2
db> CREATE UNIQUE INDEX t_n ON t (n)
ERROR 23505: could not create unique index "t_n"
DETAIL: Key (n)=(1) is duplicated.
CONSTRAINT: t_n
db> ALTER TABLE t ADD CONSTRAINT t_n_key UNIQUE (n)
ERROR 23505: could not create unique index "t_n_key"
DETAIL: Key (n)=(1) is duplicated.
CONSTRAINT: t_n_key
