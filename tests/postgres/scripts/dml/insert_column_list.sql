-- Column lists: order, missing columns, too many values, unknown and repeated columns.

db> CREATE TABLE t (a int, b text, c int DEFAULT 7)
CREATE TABLE
db> INSERT INTO t (b, a) VALUES ('x', 1) RETURNING *
a int4 | b text | c int4
1      | x      | 7
INSERT 0 1
db> INSERT INTO t VALUES (2) RETURNING *
a int4 | b text | c int4
2      | NULL   | 7
INSERT 0 1
db> INSERT INTO t (a) VALUES (1, 2)
ERROR 42601: INSERT has more expressions than target columns
db> INSERT INTO t (a, b) VALUES (1)
ERROR 42601: INSERT has more target columns than expressions
db> INSERT INTO t VALUES (1, 'x', 2, 3)
ERROR 42601: INSERT has more expressions than target columns
db> INSERT INTO t (nowhere) VALUES (1)
ERROR 42703: column "nowhere" of relation "t" does not exist
db> INSERT INTO t (a, a) VALUES (1, 2)
ERROR 42701: column "a" specified more than once
db> INSERT INTO nowhere VALUES (1)
ERROR 42P01: relation "nowhere" does not exist
db> INSERT INTO t VALUES (1, 'a'), (2)
ERROR 42601: VALUES lists must all be the same length
