-- DO UPDATE may itself run into another key, or wait for one.

setup> CREATE TABLE t (id int PRIMARY KEY, k int UNIQUE, v int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 1, 0), (2, 2, 0)
INSERT 0 2
a> INSERT INTO t VALUES (1, 9, 9) ON CONFLICT (id) DO UPDATE SET k = 2
ERROR 23505: duplicate key value violates unique constraint "t_k_key"
DETAIL: Key (k)=(2) already exists.
CONSTRAINT: t_k_key
a> BEGIN
BEGIN
a> INSERT INTO t VALUES (3, 3, 0)
INSERT 0 1
b> INSERT INTO t VALUES (1, 9, 9) ON CONFLICT (id) DO UPDATE SET k = 3
waits
a> ROLLBACK
ROLLBACK
b: INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET v = 1 WHERE id = 2
UPDATE 1
b> INSERT INTO t VALUES (2, 3, 9) ON CONFLICT (id) DO UPDATE SET v = t.v + excluded.v
waits
c> INSERT INTO t VALUES (7, 2, 9) ON CONFLICT (k) DO UPDATE SET v = t.v + excluded.v
waits
a> COMMIT
COMMIT
b: INSERT 0 1
c: INSERT 0 1
setup> SELECT * FROM t ORDER BY id
id int4 | k int4 | v int4
1       | 3      | 0
2       | 2      | 19
SELECT 2
a> INSERT INTO t VALUES (2, 1, 0) ON CONFLICT (k) DO UPDATE SET id = 5 RETURNING *
ERROR 23505: duplicate key value violates unique constraint "t_pkey"
DETAIL: Key (id)=(2) already exists.
CONSTRAINT: t_pkey
a> INSERT INTO t VALUES (2, 1, 0) ON CONFLICT (id) DO UPDATE SET v = -1 RETURNING *
id int4 | k int4 | v int4
2       | 2      | -1
INSERT 0 1
a> INSERT INTO t VALUES (2, 1, 0) ON CONFLICT (k) DO UPDATE SET v = -2 RETURNING *
ERROR 23505: duplicate key value violates unique constraint "t_pkey"
DETAIL: Key (id)=(2) already exists.
CONSTRAINT: t_pkey
