-- An expression as the arbiter.

db> CREATE TABLE t (email text, n int DEFAULT 1)
CREATE TABLE
db> CREATE UNIQUE INDEX ON t (lower(email))
CREATE INDEX
db> INSERT INTO t VALUES ('A')
INSERT 0 1
db> INSERT INTO t VALUES ('a') ON CONFLICT (lower(email)) DO UPDATE SET n = t.n + 1, email = excluded.email RETURNING *
email text | n int4
a          | 2
INSERT 0 1
