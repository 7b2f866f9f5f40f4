-- Without a conflict in the arbiter the other index is checked as in any insert: wait, then 23505.

setup> CREATE TABLE t (id int PRIMARY KEY, k int UNIQUE)
CREATE TABLE
a> BEGIN
BEGIN
a> INSERT INTO t VALUES (1, 1)
INSERT 0 1
b> INSERT INTO t VALUES (2, 1) ON CONFLICT (id) DO NOTHING
waits
a> COMMIT
COMMIT
b: ERROR 23505: duplicate key value violates unique constraint "t_k_key"
b: DETAIL: Key (k)=(1) already exists.
b: CONSTRAINT: t_k_key
