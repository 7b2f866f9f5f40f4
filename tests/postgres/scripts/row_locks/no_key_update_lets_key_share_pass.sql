-- FOR NO KEY UPDATE and FOR KEY SHARE at once; then the update of the key must wait.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> SELECT id FROM t FOR NO KEY UPDATE
id int4
1
SELECT 1
b> SELECT id FROM t FOR KEY SHARE
id int4
1
SELECT 1
a> UPDATE t SET n = 1
UPDATE 1
a> UPDATE t SET id = 5
waits
b> COMMIT
COMMIT
a: UPDATE 1
a> COMMIT
COMMIT
b> SELECT * FROM t
id int4 | n int4
5       | 1
SELECT 1
