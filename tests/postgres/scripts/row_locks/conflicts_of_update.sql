-- What another session may lock beside an update of no key column (FOR NO KEY UPDATE).

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
b> SELECT id FROM t WHERE id = 1 FOR KEY SHARE NOWAIT
id int4
1
SELECT 1
b> SELECT id FROM t WHERE id = 1 FOR SHARE NOWAIT
ERROR 55P03: could not obtain lock on row in relation "t"
b> SELECT id FROM t WHERE id = 1 FOR NO KEY UPDATE NOWAIT
ERROR 55P03: could not obtain lock on row in relation "t"
b> SELECT id FROM t WHERE id = 1 FOR UPDATE NOWAIT
ERROR 55P03: could not obtain lock on row in relation "t"
a> ROLLBACK
ROLLBACK
