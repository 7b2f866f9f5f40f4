-- Aliases hide the table's name; columns can be renamed.

db> CREATE TABLE t (a int, b int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 2)
INSERT 0 1
db> SELECT x.a FROM t x
a int4
1
SELECT 1
db> SELECT t.a FROM t x
ERROR 42P01: invalid reference to FROM-clause entry for table "t"
HINT: Perhaps you meant to reference the table alias "x".
db> SELECT p, q FROM t AS x (p, q)
p int4 | q int4
1      | 2
SELECT 1
db> SELECT p, b FROM t AS x (p)
p int4 | b int4
1      | 2
SELECT 1
db> SELECT x FROM t x
x t
'(1,2)'
SELECT 1
db> SELECT x.* FROM t x, t y
a int4 | b int4
1      | 2
SELECT 1
db> SELECT * FROM t x, t x
ERROR 42712: table name "x" specified more than once
db> SELECT * FROM t x (p, q, r)
ERROR 42P10: table "x" has 2 columns available but 3 columns specified
