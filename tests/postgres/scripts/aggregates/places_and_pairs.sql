-- Aggregates over an order, of pairs, of arrays and of bytes.

db> CREATE TABLE t (n int, m float8, name text)
CREATE TABLE
db> INSERT INTO t VALUES (1, 2, 'a'), (2, 4, 'b'), (2, 5, 'b'), (7, 9, NULL)
INSERT 0 4
db> SELECT rank(2) WITHIN GROUP (ORDER BY n) AS r, dense_rank(3) WITHIN GROUP (ORDER BY n) AS d, percent_rank(2) WITHIN GROUP (ORDER BY n DESC) AS p, cume_dist(2) WITHIN GROUP (ORDER BY n) AS c FROM t
r int8 | d int8 | p float8 | c float8
2      | 3      | 0.25     | 0.8
SELECT 1
db> SELECT rank(2, 'b') WITHIN GROUP (ORDER BY n, name DESC NULLS LAST) AS r FROM t
r int8
2
SELECT 1
db> SELECT rank(2) WITHIN GROUP (ORDER BY n) AS r, cume_dist(2) WITHIN GROUP (ORDER BY n) AS c FROM t WHERE false
r int8 | c float8
1      | 1
SELECT 1
db> SELECT rank(2, 3) WITHIN GROUP (ORDER BY n) FROM t
ERROR 42883: function rank(integer, integer, integer) does not exist
HINT: To use the hypothetical-set aggregate rank, the number of hypothetical direct arguments (here 2) must match the number of ordering columns (here 1).
db> SELECT rank('x') WITHIN GROUP (ORDER BY n) FROM t
ERROR 22P02: invalid input syntax for type integer: "x"
db> SELECT percentile_cont(ARRAY[0.25, 0.5, NULL]) WITHIN GROUP (ORDER BY m) AS c, percentile_disc('{0, 1}') WITHIN GROUP (ORDER BY n) AS d FROM t
ERROR 22P02: invalid input syntax for type double precision: "{0, 1}"
db> SELECT percentile_cont(0.5) FROM t
ERROR 42883: function percentile_cont(numeric) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
db> SELECT percentile_cont(0.5, n) FROM t
ERROR 42809: WITHIN GROUP is required for ordered-set aggregate percentile_cont
db> SELECT sum(n) WITHIN GROUP (ORDER BY m) FROM t
ERROR 42883: function sum(integer, double precision) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
db> SELECT regr_count(m, n) AS c, regr_r2(m, n) AS r, regr_avgx(m, n) AS x, regr_avgy(m, n) AS y, regr_sxx(m, n) AS sxx, regr_syy(m, n) AS syy, regr_sxy(m, n) AS sxy FROM t
c int8 | r float8           | x float8 | y float8 | sxx float8 | syy float8 | sxy float8
4      | 0.9248251748251748 | 3        | 5        | 22         | 26         | 23
SELECT 1
db> SELECT regr_count(m, n) AS c, regr_r2(m, n) AS r FROM t WHERE false
c int8 | r float8
0      | NULL
SELECT 1
db> SELECT array_agg(ARRAY[n, n * 2] ORDER BY n) AS a, ARRAY(SELECT ARRAY[n] FROM t ORDER BY n) AS b FROM t
a int4[]                   | b int4[]
{{1,2},{2,4},{2,4},{7,14}} | {{1},{2},{2},{7}}
SELECT 1
db> SELECT array_agg(a) FROM (VALUES (ARRAY[1]), (ARRAY[1, 2])) v (a)
ERROR 2202E: cannot accumulate arrays of different dimensionality
db> SELECT array_agg(a) FROM (VALUES (NULL::int[])) v (a)
ERROR 22004: cannot accumulate null arrays
db> SELECT string_agg(b, '\x00') AS b FROM (VALUES ('\x01'::bytea), ('\x02')) v (b)
b bytea
\x010002
SELECT 1
db> SELECT sum(a) AS s, avg(a) AS m FROM (VALUES ('01:00'::time), ('02:30')) v (a)
s interval | m interval
03:30:00   | 01:45:00
SELECT 1
db> SELECT array_agg(DISTINCT name ORDER BY n) FROM t
ERROR 42P10: in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list
db> SELECT count() FROM t
ERROR 42809: count(*) must be used to call a parameterless aggregate function
db> SELECT string_agg(n ORDER BY m) FROM t
ERROR 42883: function string_agg(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
db> SELECT sum(n) OVER (ORDER BY name RANGE 1 PRECEDING) FROM t
ERROR 0A000: RANGE with offset PRECEDING/FOLLOWING is not supported for column type text
db> SELECT sum(n) OVER (ORDER BY n RANGE '1 day' PRECEDING) FROM t
ERROR 22P02: invalid input syntax for type integer: "1 day"
db> SELECT sum(n) OVER (ORDER BY n RANGE 1.5 PRECEDING) FROM t
ERROR 0A000: RANGE with offset PRECEDING/FOLLOWING is not supported for column type integer and offset type numeric
HINT: Cast the offset value to an appropriate type.
