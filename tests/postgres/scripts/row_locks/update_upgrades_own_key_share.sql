-- FOR KEY SHARE, then an update of one's own row; another sharer is no obstacle to it.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> SELECT id FROM t FOR KEY SHARE
id int4
1
SELECT 1
b> SELECT id FROM t FOR KEY SHARE
id int4
1
SELECT 1
a> UPDATE t SET n = 1
UPDATE 1
b> UPDATE t SET n = 2
waits
a> COMMIT
COMMIT
b: UPDATE 1
b> COMMIT
COMMIT
