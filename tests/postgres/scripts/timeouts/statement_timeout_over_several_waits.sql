-- The limit is for the statement as a whole.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0)
INSERT 0 2
a> BEGIN
BEGIN
a> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
b> BEGIN
BEGIN
b> UPDATE t SET n = 1 WHERE id = 2
UPDATE 1
c> SET statement_timeout = '500ms'
SET
c> UPDATE t SET n = 2
waits
sleep 300ms
a> COMMIT
COMMIT
sleep 400ms
c: ERROR 57014: canceling statement due to statement timeout
b> COMMIT
COMMIT
