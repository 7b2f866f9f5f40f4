-- The default is drawn before the conflict is found: a gap.

db> CREATE TABLE t (id serial, name text UNIQUE)
CREATE TABLE
db> INSERT INTO t (name) VALUES ('a') ON CONFLICT DO NOTHING
INSERT 0 1
db> INSERT INTO t (name) VALUES ('a') ON CONFLICT DO NOTHING
INSERT 0 0
db> INSERT INTO t (name) VALUES ('b') RETURNING id
id int4
3
INSERT 0 1
