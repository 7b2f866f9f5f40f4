-- Subqueries see the state before the statement.

db> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)
INSERT 0 3
db> UPDATE t SET n = (SELECT sum(n) FROM t)
UPDATE 3
db> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 6
2       | 6
3       | 6
SELECT 3
db> DELETE FROM t WHERE id IN (SELECT id FROM t ORDER BY id LIMIT 2)
DELETE 2
db> INSERT INTO t VALUES (9, (SELECT count(*) FROM t)) RETURNING *
id int4 | n int4
9       | 1
INSERT 0 1
