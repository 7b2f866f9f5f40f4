-- A column of any unique index is a key column: its update conflicts with FOR KEY SHARE. One of a partial index is not.

setup> CREATE TABLE t (id int PRIMARY KEY, email text UNIQUE, nick text)
CREATE TABLE
setup> CREATE UNIQUE INDEX ON t (nick) WHERE nick <> ''
CREATE INDEX
setup> INSERT INTO t VALUES (1, 'a', 'b')
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET email = 'c' WHERE id = 1
UPDATE 1
b> SELECT id FROM t FOR KEY SHARE NOWAIT
ERROR 55P03: could not obtain lock on row in relation "t"
a> ROLLBACK
ROLLBACK
a> BEGIN
BEGIN
a> UPDATE t SET nick = 'c' WHERE id = 1
UPDATE 1
b> SELECT id FROM t FOR KEY SHARE NOWAIT
id int4
1
SELECT 1
a> ROLLBACK
ROLLBACK
