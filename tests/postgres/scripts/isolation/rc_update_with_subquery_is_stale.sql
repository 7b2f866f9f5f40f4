-- After the wait the row is new, and a subquery on another table keeps the old snapshot.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> CREATE TABLE rate (r int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 1)
INSERT 0 1
setup> INSERT INTO rate VALUES (10)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 2
UPDATE 1
a> UPDATE rate SET r = 100
UPDATE 1
b> UPDATE t SET n = n * (SELECT r FROM rate) RETURNING n
waits
a> COMMIT
COMMIT
b: n int4
b: 20
b: UPDATE 1
