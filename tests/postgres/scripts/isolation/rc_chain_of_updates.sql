-- The waiting update follows the chain of versions to the last one, over several commits (in which order the waiters go is not defined).

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = n + 1 WHERE id = 1
UPDATE 1
a> UPDATE t SET n = n + 1 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = n + 10 WHERE id = 1
waits
c> UPDATE t SET n = n + 100 WHERE id = 1
waits
a> COMMIT
COMMIT
b: UPDATE 1
c: UPDATE 1
a> SELECT n FROM t
n int4
112
SELECT 1
