-- DELETE, USING, all rows.

db> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> CREATE TABLE gone (id int)
CREATE TABLE
db> INSERT INTO t SELECT i, i * 10 FROM generate_series(1, 5) i
INSERT 0 5
db> INSERT INTO gone VALUES (1), (3), (3)
INSERT 0 3
db> DELETE FROM t WHERE id = 99
DELETE 0
db> DELETE FROM t USING gone WHERE gone.id = t.id RETURNING t.id
id int4
1
3
DELETE 2
db> DELETE FROM t WHERE n > (SELECT avg(n) FROM t) RETURNING id
id int4
4
5
DELETE 2
db> DELETE FROM t
DELETE 1
db> SELECT count(*) FROM t
count int8
0
SELECT 1
db> DELETE FROM nowhere
ERROR 42P01: relation "nowhere" does not exist
