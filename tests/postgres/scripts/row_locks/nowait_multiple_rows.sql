-- NOWAIT fails at the first row that is taken; rows locked before it are free again after the rollback.

setup> CREATE TABLE t (id int PRIMARY KEY)
CREATE TABLE
setup> INSERT INTO t VALUES (1), (2)
INSERT 0 2
a> BEGIN
BEGIN
a> SELECT id FROM t WHERE id = 2 FOR UPDATE
id int4
2
SELECT 1
b> BEGIN
BEGIN
b> SELECT id FROM t ORDER BY id FOR UPDATE NOWAIT
ERROR 55P03: could not obtain lock on row in relation "t"
c> SELECT id FROM t WHERE id = 1 FOR UPDATE NOWAIT
id int4
1
SELECT 1
b> ROLLBACK
ROLLBACK
a> COMMIT
COMMIT
