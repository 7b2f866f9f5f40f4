-- INSERT … SELECT, in the order of the query, with a count.

db> CREATE TABLE t (id serial, n int)
CREATE TABLE
db> INSERT INTO t (n) SELECT i * 10 FROM generate_series(1, 3) i ORDER BY i DESC RETURNING *
id int4 | n int4
1       | 30
2       | 20
3       | 10
INSERT 0 3
db> INSERT INTO t (n) SELECT n FROM t WHERE n > 10
INSERT 0 2
db> SELECT * FROM t
id int4 | n int4
1       | 30
2       | 20
3       | 10
4       | 30
5       | 20
SELECT 5
db> INSERT INTO t SELECT 1, 2, 3
ERROR 42601: INSERT has more expressions than target columns
db> INSERT INTO t (n) SELECT 'x'
ERROR 22P02: invalid input syntax for type integer: "x"
db> INSERT INTO t (n) TABLE t
ERROR 42601: INSERT has more expressions than target columns
