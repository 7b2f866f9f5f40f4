-- Aggregates in subqueries, correlated.

db> CREATE TABLE o (id int, c int, n int)
CREATE TABLE
db> INSERT INTO o VALUES (1, 1, 10), (2, 1, 20), (3, 2, 5)
INSERT 0 3
db> SELECT id FROM o WHERE n > (SELECT avg(n) FROM o x WHERE x.c = o.c) ORDER BY id
id int4
2
SELECT 1
db> SELECT c, (SELECT max(n) FROM o x WHERE x.c = o.c) AS best FROM o GROUP BY c ORDER BY c
c int4 | best int4
1      | 20
2      | 5
SELECT 2
db> SELECT max(total) FROM (SELECT c, sum(n) AS total FROM o GROUP BY c) s
max int8
30
SELECT 1
