-- The arbiter by name.

db> CREATE TABLE t (id int PRIMARY KEY, email text CONSTRAINT email_once UNIQUE, hits int DEFAULT 1)
CREATE TABLE
db> INSERT INTO t VALUES (1, 'a')
INSERT 0 1
db> INSERT INTO t VALUES (2, 'a') ON CONFLICT ON CONSTRAINT email_once DO UPDATE SET hits = t.hits + 1 RETURNING *
id int4 | email text | hits int4
1       | a          | 2
INSERT 0 1
db> INSERT INTO t VALUES (3, 'b') ON CONFLICT ON CONSTRAINT nowhere DO NOTHING
ERROR 42704: constraint "nowhere" for table "t" does not exist
