-- A row that is not committed cannot be seen, so it is not waited for.

setup> CREATE TABLE t (id int PRIMARY KEY)
CREATE TABLE
a> BEGIN
BEGIN
a> INSERT INTO t VALUES (1)
INSERT 0 1
b> SELECT id FROM t FOR UPDATE
id int4
SELECT 0
b> UPDATE t SET id = 2
UPDATE 0
a> COMMIT
COMMIT
