-- CREATE TABLE AS takes names and types from the query.

db> CREATE TABLE t AS SELECT 1 AS a, 'x' AS b, 1.5 AS c
SELECT 1
db> SELECT * FROM t
a int4 | b text | c numeric
1      | x      | 1.5
SELECT 1
db> CREATE TABLE u AS SELECT * FROM t WITH NO DATA
CREATE TABLE AS
db> SELECT count(*) FROM u
count int8
0
SELECT 1
db> CREATE TABLE v (p, q) AS VALUES (1, 2), (3, 4)
SELECT 2
db> SELECT * FROM v
p int4 | q int4
1      | 2
3      | 4
SELECT 2
