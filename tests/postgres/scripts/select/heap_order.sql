-- Without ORDER BY: the order of insertion, and an updated row comes last.

db> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> INSERT INTO t VALUES (3, 0), (1, 0), (2, 0)
INSERT 0 3
db> SELECT * FROM t
id int4 | n int4
3       | 0
1       | 0
2       | 0
SELECT 3
db> UPDATE t SET n = 1 WHERE id = 3
UPDATE 1
db> DELETE FROM t WHERE id = 1
DELETE 1
db> INSERT INTO t VALUES (1, 5)
INSERT 0 1
db> SELECT * FROM t
id int4 | n int4
2       | 0
3       | 1
1       | 5
SELECT 3
