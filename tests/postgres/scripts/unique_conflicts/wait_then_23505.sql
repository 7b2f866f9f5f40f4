-- The second insert of a key waits for the first one's end; it committed.

setup> CREATE TABLE t (id int PRIMARY KEY, who text)
CREATE TABLE
a> BEGIN
BEGIN
a> INSERT INTO t VALUES (1, 'a')
INSERT 0 1
b> INSERT INTO t VALUES (1, 'b')
waits
a> COMMIT
COMMIT
b: ERROR 23505: duplicate key value violates unique constraint "t_pkey"
b: DETAIL: Key (id)=(1) already exists.
b: CONSTRAINT: t_pkey
