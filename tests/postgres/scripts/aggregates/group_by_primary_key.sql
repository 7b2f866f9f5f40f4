-- Grouping by the primary key allows all columns of the table.

db> CREATE TABLE t (id int PRIMARY KEY, name text)
CREATE TABLE
db> CREATE TABLE u (t int, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 'a'), (2, 'b')
INSERT 0 2
db> INSERT INTO u VALUES (1, 5), (1, 6)
INSERT 0 2
db> SELECT t.id, t.name, count(u.n) FROM t LEFT JOIN u ON u.t = t.id GROUP BY t.id ORDER BY t.id
id int4 | name text | count int8
1       | a         | 2
2       | b         | 0
SELECT 2
db> SELECT u.t, u.n FROM u GROUP BY u.t
ERROR 42803: column "u.n" must appear in the GROUP BY clause or be used in an aggregate function
