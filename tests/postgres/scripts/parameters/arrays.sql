-- = ANY ($1), and unnest($1, $2) for bulk inserts.

db> CREATE TABLE t (id int, name text)
CREATE TABLE
db> INSERT INTO t SELECT * FROM unnest($1::int[], $2::text[])
with '{1,2,3}', '{a,b,c}'
INSERT 0 3
db> SELECT name FROM t WHERE id = ANY ($1) ORDER BY id
with '{1,3}'
name text
a
c
SELECT 2
db> SELECT name FROM t WHERE id <> ALL ($1) ORDER BY id
with '{1,3}'
name text
b
SELECT 1
db> SELECT name FROM t WHERE name = ANY ($1::text[])
with '{b}'
name text
b
SELECT 1
