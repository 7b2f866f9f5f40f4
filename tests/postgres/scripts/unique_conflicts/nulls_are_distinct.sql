-- NULLs do not conflict, unless NULLS NOT DISTINCT.

db> CREATE TABLE t (a int UNIQUE)
CREATE TABLE
db> INSERT INTO t VALUES (NULL), (NULL)
INSERT 0 2
db> CREATE TABLE u (a int UNIQUE NULLS NOT DISTINCT)
CREATE TABLE
db> INSERT INTO u VALUES (NULL)
INSERT 0 1
db> INSERT INTO u VALUES (NULL)
ERROR 23505: duplicate key value violates unique constraint "u_a_key"
DETAIL: Key (a)=(null) already exists.
CONSTRAINT: u_a_key
