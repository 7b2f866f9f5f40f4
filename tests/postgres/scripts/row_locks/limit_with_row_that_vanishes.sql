-- LIMIT counts after the lock: a row that no longer qualifies is replaced by the next.

setup> CREATE TABLE t (id int PRIMARY KEY, free bool)
CREATE TABLE
setup> INSERT INTO t VALUES (1, true), (2, true)
INSERT 0 2
a> BEGIN
BEGIN
a> UPDATE t SET free = false WHERE id = 1
UPDATE 1
b> SELECT id FROM t WHERE free ORDER BY id LIMIT 1 FOR UPDATE
waits
a> COMMIT
COMMIT
b: id int4
b: 2
b: SELECT 1
