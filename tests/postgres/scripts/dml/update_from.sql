-- UPDATE … FROM: a join; a row is updated once though it matches twice.

db> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> CREATE TABLE s (t int, add int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 0), (2, 0), (3, 0)
INSERT 0 3
db> INSERT INTO s VALUES (1, 5), (2, 7), (2, 9)
INSERT 0 3
db> UPDATE t SET n = n + s.add FROM s WHERE s.t = t.id
UPDATE 2
db> SELECT t.id, n IN (0, 5, 7, 9) AS once FROM t ORDER BY id
id int4 | once bool
1       | t
2       | t
3       | t
SELECT 3
db> UPDATE t SET n = x.m FROM (SELECT t, max(add) AS m FROM s GROUP BY t) x WHERE x.t = t.id RETURNING t.id, t.n, x.m
id int4 | n int4 | m int4
1       | 5      | 5
2       | 9      | 9
UPDATE 2
db> UPDATE t SET n = 1 FROM t WHERE true
ERROR 42712: table name "t" specified more than once
