-- Defaults: constants, expressions, DEFAULT in VALUES and SET, DEFAULT VALUES.

db> CREATE TABLE t (id serial, n int DEFAULT 1 + 1, s text DEFAULT 'x' || 'y', b bool NOT NULL DEFAULT false, z int)
CREATE TABLE
db> INSERT INTO t DEFAULT VALUES RETURNING *
id int4 | n int4 | s text | b bool | z int4
1       | 2      | xy     | f      | NULL
INSERT 0 1
db> INSERT INTO t (n, s) VALUES (DEFAULT, 'own') RETURNING *
id int4 | n int4 | s text | b bool | z int4
2       | 2      | own    | f      | NULL
INSERT 0 1
db> UPDATE t SET n = 9, s = NULL
UPDATE 2
db> UPDATE t SET n = DEFAULT, s = DEFAULT, z = DEFAULT WHERE id = 1 RETURNING *
id int4 | n int4 | s text | b bool | z int4
1       | 2      | xy     | f      | NULL
UPDATE 1
db> CREATE TABLE u (n int DEFAULT 'abc')
ERROR 22P02: invalid input syntax for type integer: "abc"
db> CREATE TABLE u (n int DEFAULT m, m int)
ERROR 0A000: cannot use column reference in DEFAULT expression
