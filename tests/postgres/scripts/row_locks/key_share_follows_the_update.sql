-- FOR KEY SHARE on a row that is being updated (no key column): no wait, the old version is locked and returned.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 1
UPDATE 1
b> BEGIN
BEGIN
b> SELECT * FROM t FOR KEY SHARE
id int4 | n int4
1       | 0
SELECT 1
a> COMMIT
COMMIT
c> DELETE FROM t
waits
b> COMMIT
COMMIT
c: DELETE 1
