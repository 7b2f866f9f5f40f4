-- Where FOR UPDATE cannot tell which rows it means.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
a> SELECT DISTINCT n FROM t FOR UPDATE
ERROR 0A000: FOR UPDATE is not allowed with DISTINCT clause
a> SELECT n, count(*) FROM t GROUP BY n FOR UPDATE
ERROR 0A000: FOR UPDATE is not allowed with GROUP BY clause
a> SELECT count(*) FROM t FOR UPDATE
ERROR 0A000: FOR UPDATE is not allowed with aggregate functions
a> SELECT id FROM t UNION SELECT n FROM t FOR UPDATE
ERROR 0A000: FOR UPDATE is not allowed with UNION/INTERSECT/EXCEPT
a> SELECT id FROM t FOR UPDATE OF u
ERROR 42P01: relation "u" in FOR UPDATE clause not found in FROM clause
a> SELECT row_number() OVER () FROM t FOR UPDATE
ERROR 0A000: FOR UPDATE is not allowed with window functions
a> SELECT t.id FROM t LEFT JOIN t u ON u.id = t.n FOR UPDATE
ERROR 0A000: FOR UPDATE cannot be applied to the nullable side of an outer join
a> SELECT t.id FROM t LEFT JOIN t u ON u.id = t.n FOR UPDATE OF t
id int4
SELECT 0
