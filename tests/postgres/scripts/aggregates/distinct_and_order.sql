-- DISTINCT and ORDER BY inside of an aggregate.

db> CREATE TABLE t (n int, s text)
CREATE TABLE
db> INSERT INTO t VALUES (2, 'b'), (1, 'a'), (2, 'c'), (NULL, NULL)
INSERT 0 4
db> SELECT count(DISTINCT n), sum(DISTINCT n) FROM t
count int8 | sum int8
2          | 3
SELECT 1
db> SELECT string_agg(s, ',' ORDER BY s DESC), array_agg(n ORDER BY n NULLS FIRST), array_agg(DISTINCT n) FROM t
string_agg text | array_agg int4[] | array_agg int4[]
c,b,a           | {NULL,1,2,2}     | {1,2,NULL}
SELECT 1
db> SELECT string_agg(s, ',') FROM t WHERE false
string_agg text
NULL
SELECT 1
db> SELECT string_agg(s, NULL ORDER BY s), string_agg(s, '' ORDER BY s) FROM t
string_agg text | string_agg text
abc             | abc
SELECT 1
db> SELECT string_agg(n, ',') FROM t
ERROR 42883: function string_agg(integer, unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
db> SELECT string_agg(n::text, '-' ORDER BY n) FROM t
string_agg text
1-2-2
SELECT 1
