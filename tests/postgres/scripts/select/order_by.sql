-- By column, alias, position, expression; NULLs last unless DESC.

db> CREATE TABLE t (id int, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 30), (2, NULL), (3, 10), (4, 10)
INSERT 0 4
db> SELECT id, n FROM t ORDER BY n, id
id int4 | n int4
3       | 10
4       | 10
1       | 30
2       | NULL
SELECT 4
db> SELECT id, n FROM t ORDER BY n DESC, id DESC
id int4 | n int4
2       | NULL
1       | 30
4       | 10
3       | 10
SELECT 4
db> SELECT id, n FROM t ORDER BY n NULLS FIRST, 1
id int4 | n int4
2       | NULL
3       | 10
4       | 10
1       | 30
SELECT 4
db> SELECT id, n FROM t ORDER BY n DESC NULLS LAST, id
id int4 | n int4
1       | 30
3       | 10
4       | 10
2       | NULL
SELECT 4
db> SELECT id, -n AS neg FROM t ORDER BY neg, id
id int4 | neg int4
1       | -30
3       | -10
4       | -10
2       | NULL
SELECT 4
db> SELECT id FROM t ORDER BY n * -1 NULLS FIRST, id
id int4
2
1
3
4
SELECT 4
db> SELECT id FROM t ORDER BY 2
ERROR 42P10: ORDER BY position 2 is not in select list
db> SELECT id AS n FROM t ORDER BY n
n int4
1
2
3
4
SELECT 4
db> SELECT DISTINCT n FROM t ORDER BY id
ERROR 42P10: for SELECT DISTINCT, ORDER BY expressions must appear in select list
db> SELECT id FROM t ORDER BY nowhere
ERROR 42703: column "nowhere" does not exist
db> SELECT id AS x, n AS x FROM t ORDER BY x
ERROR 42702: ORDER BY "x" is ambiguous
