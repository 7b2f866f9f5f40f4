-- ORDER BY is done before the lock: a row that changes while it is waited for keeps its place.

setup> CREATE TABLE t (id int PRIMARY KEY, pri int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)
INSERT 0 3
a> BEGIN
BEGIN
a> UPDATE t SET pri = 10 WHERE id = 1
UPDATE 1
b> SELECT * FROM t ORDER BY pri FOR UPDATE
waits
a> COMMIT
COMMIT
b: id int4 | pri int4
b: 1       | 10
b: 2       | 2
b: 3       | 3
b: SELECT 3
a> BEGIN
BEGIN
a> UPDATE t SET pri = 0 WHERE id = 2
UPDATE 1
b> SELECT * FROM t WHERE pri > 1 ORDER BY pri LIMIT 2 FOR SHARE
waits
a> COMMIT
COMMIT
b: id int4 | pri int4
b: 3       | 3
b: 1       | 10
b: SELECT 2
a> BEGIN
BEGIN
a> DELETE FROM t WHERE id = 3
DELETE 1
b> SELECT * FROM (SELECT * FROM t ORDER BY id DESC LIMIT 1 FOR UPDATE) s
waits
a> COMMIT
COMMIT
b: id int4 | pri int4
b: 2       | 0
b: SELECT 1
