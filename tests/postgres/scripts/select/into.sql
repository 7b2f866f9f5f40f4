-- SELECT INTO makes a table.

db> SELECT 1 AS a, 'x'::text AS b INTO t
SELECT 1
db> SELECT * FROM t
a int4 | b text
1      | x
SELECT 1
