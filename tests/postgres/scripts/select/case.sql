-- CASE, searched and simple; types of the branches must agree.

db> SELECT i, CASE WHEN i < 2 THEN 'low' WHEN i = 2 THEN 'mid' ELSE 'high' END AS c FROM generate_series(1, 3) i
i int4 | c text
1      | low
2      | mid
3      | high
SELECT 3
db> SELECT CASE i WHEN 1 THEN 'one' WHEN 2 THEN 'two' END AS c FROM generate_series(1, 3) i
c text
one
two
NULL
SELECT 3
db> SELECT CASE WHEN true THEN 1 ELSE 2.5 END AS n
n numeric
1
SELECT 1
db> SELECT CASE WHEN true THEN 1 ELSE 'x' END
ERROR 22P02: invalid input syntax for type integer: "x"
db> SELECT CASE WHEN true THEN 1 ELSE 1/0 END
case int4
1
SELECT 1
db> SELECT CASE WHEN 1 THEN 2 END
ERROR 42804: argument of CASE/WHEN must be type boolean, not type integer
