-- A unique index over some of the rows.

db> CREATE TABLE t (id int, active bool)
CREATE TABLE
db> CREATE UNIQUE INDEX one_active ON t (id) WHERE active
CREATE INDEX
db> INSERT INTO t VALUES (1, true), (1, false), (1, false)
INSERT 0 3
db> INSERT INTO t VALUES (1, true)
ERROR 23505: duplicate key value violates unique constraint "one_active"
DETAIL: Key (id)=(1) already exists.
CONSTRAINT: one_active
db> UPDATE t SET active = true
ERROR 23505: duplicate key value violates unique constraint "one_active"
DETAIL: Key (id)=(1) already exists.
CONSTRAINT: one_active
