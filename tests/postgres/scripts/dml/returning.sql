-- RETURNING: expressions, aliases, the new row.

db> CREATE TABLE t (id serial PRIMARY KEY, n int)
CREATE TABLE
db> INSERT INTO t (n) VALUES (1), (2) RETURNING id, n * 10 AS ten, 'x' AS x
id int4 | ten int4 | x text
1       | 10       | x
2       | 20       | x
INSERT 0 2
db> UPDATE t SET n = n + 1 RETURNING *, n - 1 AS old
id int4 | n int4 | old int4
1       | 2      | 1
2       | 3      | 2
UPDATE 2
db> DELETE FROM t WHERE id = 1 RETURNING t.*
id int4 | n int4
1       | 2
DELETE 1
db> INSERT INTO t (n) VALUES (5) RETURNING nowhere
ERROR 42703: column "nowhere" does not exist
db> INSERT INTO t (n) VALUES (5) RETURNING count(*)
ERROR 42803: aggregate functions are not allowed in RETURNING
db> SELECT count(*) FROM t
count int8
1
SELECT 1
