-- DO NOTHING does not wait for an update of the row: the key is taken either way.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 1)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 2
UPDATE 1
b> INSERT INTO t VALUES (1, 10) ON CONFLICT DO NOTHING
waits
a> COMMIT
COMMIT
b: INSERT 0 0
