-- Where a broken query breaks.

db> SELECT
()
()
SELECT 1
db> SELECT FROM
ERROR 42601: syntax error at end of input
db> SELEC 1
ERROR 42601: syntax error at or near "SELEC"
db> SELECT 1,
ERROR 42601: syntax error at end of input
db> SELECT , 1
ERROR 42601: syntax error at or near ","
db> SELECT 1 2
ERROR 42601: syntax error at or near "2"
db> SELECT 1 FROM
ERROR 42601: syntax error at end of input
db> SELECT 1 FORM t
ERROR 42601: syntax error at or near "t"
db> SELECT 1 AS
ERROR 42601: syntax error at end of input
db> SELECT 1 AS 'x'
ERROR 42601: syntax error at or near "'x'"
db> SELECT 1 x y
ERROR 42601: syntax error at or near "y"
db> SELECT (1
ERROR 42601: syntax error at end of input
db> SELECT 1)
ERROR 42601: syntax error at or near ")"
db> SELECT ()
ERROR 42601: syntax error at or near ")"
db> SELECT (1,)
ERROR 42601: syntax error at or near ")"
db> SELECT f(1,)
ERROR 42601: syntax error at or near ")"
db> SELECT f(,1)
ERROR 42601: syntax error at or near ","
db> SELECT f(1
ERROR 42601: syntax error at end of input
db> SELECT 1 WHERE
ERROR 42601: syntax error at end of input
db> SELECT 1 WHERE 1 = 1 AND
ERROR 42601: syntax error at end of input
db> SELECT 1 WHERE 1 = 1 GROUP
ERROR 42601: syntax error at end of input
db> SELECT 1 WHERE 1 = 1 GROUP BY
ERROR 42601: syntax error at end of input
db> SELECT 1 ORDER
ERROR 42601: syntax error at end of input
db> SELECT 1 ORDER BY
ERROR 42601: syntax error at end of input
db> SELECT 1 ORDER BY 1 DESC ASC
ERROR 42601: syntax error at or near "ASC"
db> SELECT 1 ORDER BY 1 NULLS
ERROR 42601: syntax error at or near "NULLS"
db> SELECT 1 LIMIT
ERROR 42601: syntax error at end of input
db> SELECT 1 LIMIT 1, 2
ERROR 42601: LIMIT #,# syntax is not supported
HINT: Use separate LIMIT and OFFSET clauses.
db> SELECT 1 LIMIT 1 LIMIT 2
ERROR 42601: syntax error at or near "LIMIT"
db> SELECT 1 OFFSET 1 LIMIT 1 OFFSET 2
ERROR 42601: syntax error at or near "OFFSET"
db> SELECT 1 WHERE true WHERE true
ERROR 42601: syntax error at or near "WHERE"
db> SELECT 1 LIMIT 1 WHERE true
ERROR 42601: syntax error at or near "WHERE"
db> SELECT 1 ORDER BY 1 WHERE true
ERROR 42601: syntax error at or near "WHERE"
db> SELECT 1 UNION
ERROR 42601: syntax error at end of input
db> SELECT 1 UNION 2
ERROR 42601: syntax error at or near "2"
db> SELECT 1 UNION ALL ALL SELECT 2
ERROR 42601: syntax error at or near "ALL"
db> SELECT 1 ORDER BY 1 UNION SELECT 2
ERROR 42601: syntax error at or near "UNION"
db> (SELECT 1 ORDER BY 1) ORDER BY 1
ERROR 42601: multiple ORDER BY clauses not allowed
db> (SELECT 1 LIMIT 1) LIMIT 1
ERROR 42601: multiple LIMIT clauses not allowed
db> (SELECT 1 OFFSET 0) OFFSET 0
ERROR 42601: multiple OFFSET clauses not allowed
db> (SELECT 1
ERROR 42601: syntax error at end of input
db> (SELECT 1))
ERROR 42601: syntax error at or near ")"
db> SELECT * FROM (SELECT 1)
ERROR 42601: subquery in FROM must have an alias
HINT: For example, FROM (SELECT ...) [AS] foo.
db> SELECT * FROM (VALUES (1))
ERROR 42601: VALUES in FROM must have an alias
HINT: For example, FROM (VALUES ...) [AS] foo.
db> SELECT * FROM (SELECT 1) AS
ERROR 42601: syntax error at end of input
db> SELECT * FROM (SELECT 1) t (a
ERROR 42601: syntax error at end of input
db> SELECT * FROM t,
ERROR 42601: syntax error at end of input
db> SELECT * FROM a JOIN b
ERROR 42601: syntax error at end of input
db> SELECT * FROM a JOIN b ON
ERROR 42601: syntax error at end of input
db> SELECT * FROM a CROSS JOIN b ON true
ERROR 42601: syntax error at or near "ON"
db> SELECT * FROM a NATURAL b
ERROR 42601: syntax error at or near "b"
db> SELECT * FROM a LEFT b
ERROR 42601: syntax error at or near "b"
db> SELECT * FROM a FULL OUTER b ON true
ERROR 42601: syntax error at or near "b"
db> SELECT * FROM a JOIN b USING a
ERROR 42601: syntax error at or near "a"
db> SELECT * FROM (a)
ERROR 42601: syntax error at or near ")"
db> SELECT * FROM ()
ERROR 42601: syntax error at or near ")"
db> SELECT * FROM a b c
ERROR 42601: syntax error at or near "c"
db> SELECT DISTINCT
ERROR 42601: syntax error at end of input
db> SELECT DISTINCT ON 1
ERROR 42601: syntax error at or near "1"
db> SELECT ALL DISTINCT 1
ERROR 42601: syntax error at or near "DISTINCT"
db> SELECT TOP 1 * FROM t
ERROR 42601: syntax error at or near "1"
db> SELECT CASE END
ERROR 42601: syntax error at or near "END"
db> SELECT CASE WHEN true 1 END
ERROR 42601: syntax error at or near "1"
db> SELECT CASE WHEN true THEN 1
ERROR 42601: syntax error at end of input
db> SELECT CASE 1 ELSE 2 END
ERROR 42601: syntax error at or near "ELSE"
db> SELECT CAST(1 AS)
ERROR 42601: syntax error at or near ")"
db> SELECT CAST(1, int)
ERROR 42601: syntax error at or near ","
db> SELECT 1::
ERROR 42601: syntax error at end of input
db> SELECT 1::int[
ERROR 42601: syntax error at end of input
db> SELECT 1 IN ()
ERROR 42601: syntax error at or near ")"
db> SELECT 1 IN 1
ERROR 42601: syntax error at or near "1"
db> SELECT 1 IS
is int4
1
SELECT 1
db> SELECT 1 IS 2
ERROR 42601: syntax error at or near "2"
db> SELECT 1 IS NOT
ERROR 42601: syntax error at end of input
db> SELECT 1 NOT 2
ERROR 42601: syntax error at or near "2"
db> SELECT 1 NOT NULL
ERROR 42601: syntax error at or near "NULL"
db> SELECT 1 BETWEEN 2
ERROR 42601: syntax error at end of input
db> SELECT 1 BETWEEN 2 OR 3
ERROR 42601: syntax error at or near "OR"
db> SELECT 1 LIKE
like int4
1
SELECT 1
db> SELECT EXISTS 1
ERROR 42601: syntax error at or near "1"
db> SELECT EXISTS (1)
ERROR 42601: syntax error at or near "1"
db> SELECT ARRAY[1,2
ERROR 42601: syntax error at end of input
db> SELECT ARRAY[1,2][1]
ERROR 42601: syntax error at or near "["
db> SELECT abs(1)[1]
ERROR 42601: syntax error at or near "["
db> SELECT EXTRACT(year 'x')
ERROR 42601: syntax error at or near "'x'"
db> SELECT EXTRACT(1 FROM now())
ERROR 42601: syntax error at or near "1"
db> SELECT SUBSTRING('a' FROM)
ERROR 42601: syntax error at or near ")"
db> SELECT POSITION('a', 'b')
ERROR 42601: syntax error at or near ","
db> SELECT TRIM(BOTH)
ERROR 42601: syntax error at or near ")"
db> SELECT count(*
ERROR 42601: syntax error at end of input
db> SELECT count(DISTINCT)
ERROR 42601: syntax error at or near ")"
db> SELECT count(DISTINCT *)
ERROR 42601: syntax error at or near "*"
db> SELECT count(1) FILTER (true)
ERROR 42601: syntax error at or near "true"
db> SELECT count(1) FILTER WHERE true
ERROR 42601: syntax error at or near "WHERE"
db> SELECT row_number() OVER
ERROR 42601: syntax error at end of input
db> SELECT row_number() OVER (ORDER 1)
ERROR 42601: syntax error at or near "1"
db> SELECT row_number() OVER (PARTITION 1)
ERROR 42601: syntax error at or near "1"
db> SELECT sum(1) OVER (ROWS)
ERROR 42601: syntax error at or near ")"
db> SELECT sum(1) OVER (ROWS BETWEEN 1 PRECEDING)
ERROR 42601: syntax error at or near ")"
db> SELECT sum(1) OVER (ROWS UNBOUNDED FOLLOWING)
ERROR 42P20: frame start cannot be UNBOUNDED FOLLOWING
db> SELECT sum(1) OVER (ROWS BETWEEN CURRENT ROW AND 1 PRECEDING)
ERROR 42P20: frame starting from current row cannot have preceding rows
db> SELECT a.b.c.d.e
ERROR 42601: improper qualified name (too many dotted names): a.b.c.d.e
db> SELECT a.
ERROR 42601: syntax error at end of input
db> SELECT .a
ERROR 42601: syntax error at or near "."
db> SELECT a..b
ERROR 42601: syntax error at or near ".."
db> SELECT t.* FROM
ERROR 42601: syntax error at end of input
db> SELECT *, FROM t
ERROR 42601: syntax error at or near "FROM"
db> SELECT t.*x FROM (SELECT 1 AS a) t
a int4
1
SELECT 1
db> SELECT 1;
?column? int4
1
SELECT 1
db> SELECT 1;;
?column? int4
1
SELECT 1
db> ;SELECT 1
?column? int4
1
SELECT 1
db> SELECT 1 FETCH FIRST
ERROR 42601: syntax error at end of input
db> SELECT 1 FETCH FIRST 1 ROW
ERROR 42601: syntax error at end of input
db> SELECT 1 FETCH FIRST 1 ROW WITH TIES
ERROR 42601: WITH TIES cannot be specified without ORDER BY clause
db> SELECT 1 FOR
ERROR 42601: syntax error at end of input
db> SELECT 1 FOR UPDATE OF
ERROR 42601: syntax error at end of input
db> SELECT 1 FOR KEY UPDATE
ERROR 42601: syntax error at or near "UPDATE"
db> SELECT 1 FOR NO KEY SHARE
ERROR 42601: syntax error at or near "SHARE"
db> SELECT 1 FOR UPDATE SKIP
ERROR 42601: syntax error at end of input
db> WITH
ERROR 42601: syntax error at end of input
db> WITH a AS SELECT 1 SELECT 2
ERROR 42601: syntax error at or near "SELECT"
db> WITH a AS (SELECT 1)
ERROR 42601: syntax error at end of input
db> WITH a AS (SELECT 1), SELECT 1
ERROR 42601: syntax error at or near "SELECT"
db> WITH a (x AS (SELECT 1) SELECT 1
ERROR 42601: syntax error at or near "AS"
db> VALUES
ERROR 42601: syntax error at end of input
db> VALUES (1),
ERROR 42601: syntax error at end of input
db> VALUES 1
ERROR 42601: syntax error at or near "1"
db> VALUES (1, 2), (3)
ERROR 42601: VALUES lists must all be the same length
db> TABLE
ERROR 42601: syntax error at end of input
db> TABLE 1
ERROR 42601: syntax error at or near "1"
db> GARBAGE
ERROR 42601: syntax error at or near "GARBAGE"
db> 1
ERROR 42601: syntax error at or near "1"
db> 'x'
ERROR 42601: syntax error at or near "'x'"
