-- An update writes the row anew: without ORDER BY it comes last.

db> CREATE TABLE t (id int, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 0), (2, 0), (3, 0)
INSERT 0 3
db> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
db> SELECT * FROM t
id int4 | n int4
2       | 0
3       | 0
1       | 1
SELECT 3
db> UPDATE t SET n = n WHERE id = 2
UPDATE 1
db> SELECT * FROM t
id int4 | n int4
3       | 0
1       | 1
2       | 0
SELECT 3
