-- Recursive views, temporary ones, and views over subqueries.

db> CREATE RECURSIVE VIEW numbers (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 5
CREATE VIEW
db> SELECT sum(n) FROM numbers
sum int8
15
SELECT 1
db> CREATE TEMP TABLE tt (a int)
CREATE TABLE
db> CREATE VIEW over_temp AS SELECT * FROM tt
NOTICE 00000: view "over_temp" will be a temporary view
CREATE VIEW
db> CREATE TEMP VIEW tv AS SELECT 1 AS one
CREATE VIEW
db> SELECT * FROM tv
one int4
1
SELECT 1
db> CREATE TABLE t (id int, parent int)
CREATE TABLE
db> INSERT INTO t VALUES (1, NULL), (2, 1), (3, 1), (4, 2)
INSERT 0 4
db> CREATE VIEW parents AS SELECT * FROM t p WHERE EXISTS (SELECT 1 FROM t c WHERE c.parent = p.id)
CREATE VIEW
db> SELECT * FROM parents ORDER BY id
id int4 | parent int4
1       | NULL
2       | 1
SELECT 2
db> SELECT t.id, p.id AS parent FROM t LEFT JOIN parents p ON t.parent = p.id ORDER BY t.id
id int4 | parent int4
1       | NULL
2       | 1
3       | 1
4       | 2
SELECT 4
db> CREATE VIEW flagged AS SELECT id, true AS known FROM t WHERE id < 3
CREATE VIEW
db> SELECT t.id, f.known FROM t LEFT JOIN flagged f USING (id) ORDER BY id
id int4 | known bool
1       | t
2       | t
3       | NULL
4       | NULL
SELECT 4
db> WITH t AS (SELECT 99 AS id) SELECT parents.id FROM parents ORDER BY 1
id int4
1
2
SELECT 2
db> SELECT (SELECT count(*) FROM parents WHERE parents.id < t.id) FROM t ORDER BY t.id
count int8
0
1
2
2
SELECT 4
db> CREATE VIEW counts AS SELECT parent, count(*) AS n FROM t GROUP BY parent HAVING count(*) > 1
CREATE VIEW
db> SELECT * FROM counts WHERE n > 1
parent int4 | n int8
1           | 2
SELECT 1
db> UPDATE t SET parent = NULL WHERE id IN (SELECT id FROM parents)
UPDATE 2
db> SELECT count(*) FROM parents
count int8
2
SELECT 1
