-- Groups: NULL is one group; by position, alias, expression.

db> CREATE TABLE t (g text, n int)
CREATE TABLE
db> INSERT INTO t VALUES ('a', 1), ('b', 2), ('a', 3), (NULL, 4), (NULL, 5)
INSERT 0 5
db> SELECT g, sum(n) FROM t GROUP BY g ORDER BY g
g text | sum int8
a      | 4
b      | 2
NULL   | 9
SELECT 3
db> SELECT g AS grp, count(*) FROM t GROUP BY grp ORDER BY 2, 1
grp text | count int8
b        | 1
a        | 2
NULL     | 2
SELECT 3
db> SELECT n % 2, count(*) FROM t GROUP BY 1 ORDER BY 1
?column? int4 | count int8
0             | 2
1             | 3
SELECT 2
db> SELECT upper(g), sum(n) FROM t GROUP BY upper(g) ORDER BY 1
upper text | sum int8
A          | 4
B          | 2
NULL       | 9
SELECT 3
db> SELECT g, n FROM t GROUP BY g
ERROR 42803: column "t.n" must appear in the GROUP BY clause or be used in an aggregate function
db> SELECT g FROM t GROUP BY n
ERROR 42803: column "t.g" must appear in the GROUP BY clause or be used in an aggregate function
db> SELECT count(*) FROM t GROUP BY g ORDER BY n
ERROR 42803: column "t.n" must appear in the GROUP BY clause or be used in an aggregate function
db> SELECT sum(n) FROM t WHERE sum(n) > 1
ERROR 42803: aggregate functions are not allowed in WHERE
db> SELECT sum(sum(n)) FROM t
ERROR 42803: aggregate function calls cannot be nested
db> SELECT g, count(*) FROM t GROUP BY 3
ERROR 42P10: GROUP BY position 3 is not in select list
