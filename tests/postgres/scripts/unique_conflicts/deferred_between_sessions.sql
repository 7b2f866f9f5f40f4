-- A deferred key is checked at the commit, which waits for a session that has the same key.

setup> CREATE TABLE t (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED, n int)
CREATE TABLE
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> INSERT INTO t VALUES (1, 1)
INSERT 0 1
b> INSERT INTO t VALUES (1, 2)
INSERT 0 1
b> COMMIT
waits
a> COMMIT
COMMIT
b: ERROR 23505: duplicate key value violates unique constraint "t_pkey"
b: DETAIL: Key (id)=(1) already exists.
b: CONSTRAINT: t_pkey
setup> SELECT * FROM t
id int4 | n int4
1       | 1
SELECT 1
a> BEGIN
BEGIN
a> INSERT INTO t VALUES (2, 1)
INSERT 0 1
b> INSERT INTO t VALUES (2, 2)
waits
a> ROLLBACK
ROLLBACK
b: INSERT 0 1
setup> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 1
2       | 2
SELECT 2
a> BEGIN
BEGIN
a> INSERT INTO t VALUES (1, 5)
INSERT 0 1
a> DELETE FROM t WHERE n <> 5
DELETE 2
a> COMMIT
COMMIT
setup> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 5
SELECT 1
