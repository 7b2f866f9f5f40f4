-- Locking a view locks the rows of the table beneath.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> CREATE VIEW v AS SELECT id FROM t
CREATE VIEW
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> SELECT * FROM v FOR UPDATE
id int4
1
SELECT 1
b> UPDATE t SET n = 1
waits
a> COMMIT
COMMIT
b: UPDATE 1
