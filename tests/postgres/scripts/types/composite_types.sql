-- Composite types and rows.

db> CREATE TYPE pair AS (a int, b text)
CREATE TYPE
db> SELECT ROW(1, 'x')::pair, (ROW(1, 'x')::pair).b, '(2,"y z")'::pair
row pair | b text | pair pair
'(1,x)'  | x      | '(2,"y z")'
SELECT 1
db> CREATE TABLE t (p pair)
CREATE TABLE
db> INSERT INTO t VALUES (ROW(1, 'a')) RETURNING (p).a
a int4
1
INSERT 0 1
db> UPDATE t SET p.b = 'new' RETURNING p
p pair
'(1,new)'
UPDATE 1
