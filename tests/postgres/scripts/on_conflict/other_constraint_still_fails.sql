-- Only the named arbiter is handled.

db> CREATE TABLE t (id int PRIMARY KEY, email text UNIQUE)
CREATE TABLE
db> INSERT INTO t VALUES (1, 'a')
INSERT 0 1
db> INSERT INTO t VALUES (2, 'a') ON CONFLICT (id) DO NOTHING
ERROR 23505: duplicate key value violates unique constraint "t_email_key"
DETAIL: Key (email)=(a) already exists.
CONSTRAINT: t_email_key
db> INSERT INTO t VALUES (2, 'a') ON CONFLICT DO NOTHING
INSERT 0 0
