-- Within one transaction a deleted key can be inserted again.

db> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 1)
INSERT 0 1
db> BEGIN
BEGIN
db> DELETE FROM t WHERE id = 1
DELETE 1
db> INSERT INTO t VALUES (1, 2)
INSERT 0 1
db> UPDATE t SET id = 2 WHERE id = 1
UPDATE 1
db> INSERT INTO t VALUES (1, 3)
INSERT 0 1
db> COMMIT
COMMIT
db> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 3
2       | 2
SELECT 2
