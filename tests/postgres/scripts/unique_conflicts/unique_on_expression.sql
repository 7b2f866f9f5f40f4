-- A unique index on an expression.

db> CREATE TABLE t (email text)
CREATE TABLE
db> CREATE UNIQUE INDEX t_email ON t (lower(email))
CREATE INDEX
db> INSERT INTO t VALUES ('A@x')
INSERT 0 1
db> INSERT INTO t VALUES ('a@X')
ERROR 23505: duplicate key value violates unique constraint "t_email"
DETAIL: Key (lower(email))=(a@x) already exists.
CONSTRAINT: t_email
