-- How result columns are named.

db> CREATE TABLE t (n int, s text)
CREATE TABLE
db> INSERT INTO t VALUES (1, 'x')
INSERT 0 1
db> SELECT n + 1, upper(s), n::text, CAST(n AS bigint), CASE WHEN n = 1 THEN 'a' END, coalesce(s, ''), (SELECT n), EXISTS (SELECT 1), count(*) OVER (), n IS NULL, ARRAY[n], -n FROM t
?column? int4 | upper text | n text | n int8 | case text | coalesce text | n int4 | exists bool | count int8 | ?column? bool | array int4[] | ?column? int4
2             | X          | 1      | 1      | a         | x             | 1      | t           | 1          | f             | {1}          | -1
SELECT 1
db> SELECT t.n, t.s AS n, (t).n FROM t
n int4 | n text | n int4
1      | x      | 1
SELECT 1
db> SELECT count(*), max(n), now() IS NULL, current_date IS NULL FROM t
count int8 | max int4 | ?column? bool | ?column? bool
1          | 1        | f             | f
SELECT 1
