-- WITH … RETURNING feeds the outer statement; all parts see the same snapshot.

db> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> CREATE TABLE log (id int, what text)
CREATE TABLE
db> INSERT INTO t VALUES (1, 1), (2, 2)
INSERT 0 2
db> WITH up AS (UPDATE t SET n = n * 10 RETURNING id, n) INSERT INTO log SELECT id, 'n=' || n FROM up
INSERT 0 2
db> SELECT * FROM log ORDER BY id
id int4 | what text
1       | n=10
2       | n=20
SELECT 2
db> WITH ins AS (INSERT INTO t VALUES (3, 3) RETURNING id) SELECT (SELECT count(*) FROM t) AS before, (SELECT count(*) FROM ins) AS inserted
before int8 | inserted int8
2           | 1
SELECT 1
db> SELECT count(*) FROM t
count int8
3
SELECT 1
db> WITH del AS (DELETE FROM t WHERE id = 1 RETURNING *) SELECT * FROM del
id int4 | n int4
1       | 10
SELECT 1
db> WITH del AS (DELETE FROM t) SELECT * FROM del
ERROR 0A000: WITH query "del" does not have a RETURNING clause
db> WITH unused AS (DELETE FROM t WHERE id = 2) SELECT 1 AS one
one int4
1
SELECT 1
db> SELECT id FROM t
id int4
3
SELECT 1
