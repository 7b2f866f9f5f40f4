-- statement_timeout: 57014, whatever the statement waits for.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 1
UPDATE 1
b> SET statement_timeout = '300ms'
SET
b> UPDATE t SET n = 2
waits
sleep 600ms
b: ERROR 57014: canceling statement due to statement timeout
a> COMMIT
COMMIT
b> SELECT n FROM t
n int4
1
SELECT 1
