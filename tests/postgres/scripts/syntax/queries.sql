-- Forms of queries that are rare, and right.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 10), (2, 20), (3, 30)
INSERT 0 3
db> TABLE t
id int4 | n int4
1       | 10
2       | 20
3       | 30
SELECT 3
db> TABLE ONLY t ORDER BY id LIMIT 1
id int4 | n int4
1       | 10
SELECT 1
db> (TABLE t) ORDER BY id DESC LIMIT 1
id int4 | n int4
3       | 30
SELECT 1
db> VALUES (1, 'a'), (2, 'b') ORDER BY 1 DESC
column1 int4 | column2 text
2            | b
1            | a
SELECT 2
db> SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v (n, s)
n int4 | s text
1      | a
2      | b
SELECT 2
db> SELECT (VALUES (7))
column1 int4
7
SELECT 1
db> SELECT * FROM t *
id int4 | n int4
1       | 10
2       | 20
3       | 30
SELECT 3
db> SELECT * FROM ONLY (t) WHERE id = 1
id int4 | n int4
1       | 10
SELECT 1
db> SELECT ((SELECT 1)), ((SELECT 1) + 1), (((SELECT 2)) * 2)
?column? int4 | ?column? int4 | ?column? int4
1             | 2             | 4
SELECT 1
db> SELECT * FROM ((SELECT 1 AS a)) x
a int4
1
SELECT 1
db> SELECT * FROM ((SELECT 1 AS a) UNION (SELECT 2) ORDER BY 1) x
a int4
1
2
SELECT 2
db> SELECT * FROM ((SELECT 1 AS a) x CROSS JOIN (SELECT 2 AS b) y)
a int4 | b int4
1      | 2
SELECT 1
db> SELECT * FROM (t JOIN (SELECT 1 AS k) x ON t.id = x.k)
id int4 | n int4 | k int4
1       | 10     | 1
SELECT 1
db> SELECT * FROM t JOIN (t u JOIN t v ON u.id = v.id) ON t.id = u.id WHERE t.id = 1
id int4 | n int4 | id int4 | n int4 | id int4 | n int4
1       | 10     | 1       | 10     | 1       | 10
SELECT 1
db> SELECT t.id FROM t JOIN t u JOIN t v ON u.id = v.id ON t.id = v.id ORDER BY 1
id int4
1
2
3
SELECT 3
db> SELECT 1 WHERE 1 IN ((SELECT 1))
?column? int4
1
SELECT 1
db> SELECT 1 WHERE 1 IN (((SELECT 1)), 2)
?column? int4
1
SELECT 1
db> SELECT 1 IN (SELECT 1 UNION SELECT 2)
?column? bool
t
SELECT 1
db> SELECT 1 UNION SELECT 2 INTERSECT SELECT 2 ORDER BY 1
?column? int4
1
2
SELECT 2
db> (SELECT 1 UNION SELECT 2) INTERSECT SELECT 2
?column? int4
2
SELECT 1
db> SELECT 1 UNION ALL (SELECT 2 UNION SELECT 2) ORDER BY 1
?column? int4
1
2
SELECT 2
db> SELECT 1 EXCEPT SELECT 2 UNION SELECT 3 ORDER BY 1
?column? int4
1
3
SELECT 2
db> SELECT 3 EXCEPT DISTINCT SELECT 2
?column? int4
3
SELECT 1
db> (SELECT n FROM t ORDER BY n LIMIT 2) ORDER BY n DESC
ERROR 42601: multiple ORDER BY clauses not allowed
db> ((SELECT id FROM t) LIMIT 1)
id int4
1
SELECT 1
db> (SELECT id FROM t ORDER BY id) LIMIT 1 OFFSET 1
id int4
2
SELECT 1
db> SELECT id FROM t ORDER BY id OFFSET 1 LIMIT 1
id int4
2
SELECT 1
db> SELECT id FROM t ORDER BY id OFFSET 1 ROW FETCH NEXT ROW ONLY
id int4
2
SELECT 1
db> SELECT id FROM t ORDER BY id FETCH FIRST 2 ROWS ONLY
id int4
1
2
SELECT 2
db> SELECT id FROM t ORDER BY id LIMIT ALL OFFSET 2
id int4
3
SELECT 1
db> SELECT id FROM t ORDER BY id LIMIT NULL
id int4
1
2
3
SELECT 3
db> SELECT id FROM t ORDER BY id LIMIT (1 + 1)
id int4
1
2
SELECT 2
db> SELECT id FROM t ORDER BY id USING >
id int4
3
2
1
SELECT 3
db> SELECT id FROM t ORDER BY id LIMIT 1 FOR UPDATE
id int4
1
SELECT 1
db> SELECT id FROM t ORDER BY id FOR UPDATE LIMIT 1
id int4
1
SELECT 1
db> SELECT id FROM t ORDER BY id FOR NO KEY UPDATE FOR SHARE OF t NOWAIT
id int4
1
2
3
SELECT 3
db> SELECT id FROM t WHERE id = 1 FOR READ ONLY
id int4
1
SELECT 1
db> SELECT FROM t
()
()
()
()
SELECT 3
db> SELECT WHERE false
()
SELECT 0
db> SELECT ALL id FROM t ORDER BY ALL
ERROR 42601: syntax error at or near "ALL"
db> SELECT t.* FROM t WHERE t.id = 1
id int4 | n int4
1       | 10
SELECT 1
db> SELECT u.*, u.id AS again FROM t u WHERE u.id = 1
id int4 | n int4 | again int4
1       | 10     | 1
SELECT 1
db> SELECT id n, n AS id FROM t ORDER BY id LIMIT 1
n int4 | id int4
1      | 10
SELECT 1
db> SELECT count(*), count(ALL n), count(DISTINCT n) FROM t
count int8 | count int8 | count int8
3          | 3          | 3
SELECT 1
db> SELECT count(*) FILTER (WHERE n > 10) AS some FROM t
some int8
2
SELECT 1
db> SELECT string_agg(n::text, ',' ORDER BY n DESC) FROM t
string_agg text
30,20,10
SELECT 1
db> SELECT sum(n) OVER w, rank() OVER (w ORDER BY id) FROM t WINDOW w AS (PARTITION BY n % 20) ORDER BY id
sum int8 | rank int8
40       | 1
20       | 1
40       | 2
SELECT 3
db> SELECT id FROM t GROUP BY id HAVING count(*) = 1 ORDER BY 1
id int4
1
2
3
SELECT 3
db> SELECT CASE id WHEN 1 THEN 'a' WHEN 2 THEN 'b' END, CASE WHEN id = 3 THEN 'c' ELSE '-' END FROM t ORDER BY id
case text | case text
a         | -
b         | -
NULL      | c
SELECT 3
db> SELECT ARRAY[1, 2], ARRAY[[1], [2]], ARRAY[]::int[], ARRAY(SELECT id FROM t ORDER BY id)
array int4[] | array int4[] | array int4[] | array int4[]
{1,2}        | {{1},{2}}    | {}           | {1,2,3}
SELECT 1
db> SELECT (ARRAY[1,2,3])[2], (ARRAY[[1,2],[3,4]])[2][1]
array int4 | array int4
2          | 3
SELECT 1
db> SELECT ROW(1, 2) = (1, 2), ROW(1) IS NULL, (1, NULL) IS NOT NULL
?column? bool | ?column? bool | ?column? bool
t             | f             | f
SELECT 1
db> SELECT EXISTS (SELECT 1), NOT EXISTS (SELECT 1 WHERE false)
exists bool | ?column? bool
t           | t
SELECT 1
db> SELECT extract(year FROM date '2020-02-03'), extract('month' FROM date '2020-02-03'), extract(DOW FROM date '2020-02-03')
extract numeric | extract numeric | extract numeric
2020            | 2               | 1
SELECT 1
db> SELECT substring('abcdef' FROM 2 FOR 3), substring('abcdef' FOR 2), substring('abcdef' FOR 2 FROM 3), substring('abcdef', 2, 3)
substring text | substring text | substring text | substring text
bcd            | ab             | cd             | bcd
SELECT 1
db> SELECT position('b' IN 'abc'), overlay('abcdef' PLACING 'X' FROM 2 FOR 3)
position int4 | overlay text
2             | aXef
SELECT 1
db> SELECT trim('  a '), trim(LEADING 'x' FROM 'xxaxx'), trim(BOTH FROM ' a '), trim(TRAILING 'x' FROM 'xax'), trim('x' FROM 'xax'), trim('xax', 'x')
btrim text | ltrim text | btrim text | rtrim text | btrim text | btrim text
a          | axx        | a          | xa         | a          | a
SELECT 1
db> SELECT CAST('5' AS int), '5'::int, int '5', int4 '5', "int4" '5', pg_catalog.int4 '5'
int4 int4 | int4 int4 | int4 int4 | int4 int4 | int4 int4 | int4 int4
5         | 5         | 5         | 5         | 5         | 5
SELECT 1
db> SELECT pg_catalog.abs(-1), pg_catalog.upper('a')
abs int4 | upper text
1        | A
SELECT 1
db> SELECT interval '1' year, interval '2' day, interval '3' hour
interval interval | interval interval | interval interval
1 year            | 2 days            | 03:00:00
SELECT 1
db> SELECT 'a' LIKE ANY (ARRAY['b', 'a%']), 'a' NOT LIKE ALL (ARRAY['b', 'c']), 'A' ILIKE ANY (ARRAY['a'])
?column? bool | ?column? bool | ?column? bool
t             | t             | t
SELECT 1
db> SELECT 1 = SOME (ARRAY[1]), 1 <> ALL (SELECT 2), 2 > ANY (VALUES (1), (3))
?column? bool | ?column? bool | ?column? bool
t             | t             | t
SELECT 1
db> SELECT make_date(year => 2020, month => 2, day => 3), make_date(2020, day := 4, month := 5)
make_date date | make_date date
2020-02-03     | 2020-05-04
SELECT 1
db> SELECT concat('a', b => 'c')
ERROR 42883: function concat(unknown, b => unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
db> SELECT make_date(year => 2020, 2, 3)
ERROR 42601: positional argument cannot follow named argument
db> SELECT current_date IS NOT NULL, current_timestamp(0) IS NOT NULL, localtimestamp IS NOT NULL
?column? bool | ?column? bool | ?column? bool
t             | t             | t
SELECT 1
db> WITH a AS MATERIALIZED (SELECT 1 AS x), b (y) AS NOT MATERIALIZED (SELECT 2) SELECT * FROM a, b
x int4 | y int4
1      | 2
SELECT 1
db> SELECT id, n FROM t WHERE (id, n) IN ((1, 10), (2, 21)) ORDER BY 1
id int4 | n int4
1       | 10
SELECT 1
db> SELECT id FROM t WHERE (id, n) = (SELECT 1, 10)
id int4
1
SELECT 1
db> SELECT * FROM generate_series(1, 2) WITH ORDINALITY AS g (a, b)
a int4 | b int8
1      | 1
2      | 2
SELECT 2
db> SELECT a.x FROM (SELECT 1 AS x) a, LATERAL (SELECT a.x + 1 AS y) b
x int4
1
SELECT 1
