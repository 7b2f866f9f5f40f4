-- A lock that conflicts with a waiter, not with the holder, is granted at once: rows have no fair queue for that.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> SELECT id FROM t FOR KEY SHARE
id int4
1
SELECT 1
b> BEGIN
BEGIN
b> SELECT id FROM t FOR UPDATE
waits
c> SELECT id FROM t FOR SHARE
id int4
1
SELECT 1
a> COMMIT
COMMIT
b: id int4
b: 1
b: SELECT 1
b> COMMIT
COMMIT
