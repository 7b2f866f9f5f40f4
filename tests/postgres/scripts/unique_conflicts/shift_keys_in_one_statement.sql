-- Unique keys are checked row by row: shifting them may fail where the end would be fine.

db> CREATE TABLE t (id int PRIMARY KEY)
CREATE TABLE
db> INSERT INTO t VALUES (1), (2), (3)
INSERT 0 3
db> UPDATE t SET id = id + 1
ERROR 23505: duplicate key value violates unique constraint "t_pkey"
DETAIL: Key (id)=(2) already exists.
CONSTRAINT: t_pkey
db> CREATE TABLE u (id int PRIMARY KEY DEFERRABLE)
CREATE TABLE
db> INSERT INTO u VALUES (1), (2), (3)
INSERT 0 3
db> UPDATE u SET id = id + 1
UPDATE 3
db> SELECT id FROM u ORDER BY id
id int4
2
3
4
SELECT 3
