-- 23505 names the constraint and the key.

db> CREATE TABLE t (id int PRIMARY KEY, email text UNIQUE)
CREATE TABLE
db> INSERT INTO t VALUES (1, 'a@x')
INSERT 0 1
db> INSERT INTO t VALUES (1, 'b@x')
ERROR 23505: duplicate key value violates unique constraint "t_pkey"
DETAIL: Key (id)=(1) already exists.
CONSTRAINT: t_pkey
db> INSERT INTO t VALUES (2, 'a@x')
ERROR 23505: duplicate key value violates unique constraint "t_email_key"
DETAIL: Key (email)=(a@x) already exists.
CONSTRAINT: t_email_key
db> UPDATE t SET id = 3, email = 'c@x'
UPDATE 1
db> INSERT INTO t VALUES (4, 'd@x')
INSERT 0 1
db> UPDATE t SET email = 'c@x' WHERE id = 4
ERROR 23505: duplicate key value violates unique constraint "t_email_key"
DETAIL: Key (email)=(c@x) already exists.
CONSTRAINT: t_email_key
db> SELECT * FROM t ORDER BY id
id int4 | email text
3       | c@x
4       | d@x
SELECT 2
