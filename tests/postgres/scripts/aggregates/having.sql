-- HAVING, with and without GROUP BY.

db> CREATE TABLE t (g int, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 1), (1, 2), (2, 10)
INSERT 0 3
db> SELECT g, sum(n) FROM t GROUP BY g HAVING sum(n) > 5
g int4 | sum int8
2      | 10
SELECT 1
db> SELECT count(*) FROM t HAVING count(*) > 5
count int8
SELECT 0
db> SELECT count(*) FROM t HAVING count(*) = 3
count int8
3
SELECT 1
db> SELECT n FROM t HAVING true
ERROR 42803: column "t.n" must appear in the GROUP BY clause or be used in an aggregate function
db> SELECT g FROM t GROUP BY g HAVING n > 1
ERROR 42803: column "t.n" must appear in the GROUP BY clause or be used in an aggregate function
