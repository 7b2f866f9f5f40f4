-- A view is its query, run anew.

db> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> CREATE VIEW v AS SELECT id, n * 2 AS twice FROM t WHERE n > 0
CREATE VIEW
db> INSERT INTO t VALUES (1, 5), (2, -5)
INSERT 0 2
db> SELECT * FROM v
id int4 | twice int4
1       | 10
SELECT 1
db> INSERT INTO t VALUES (3, 7)
INSERT 0 1
db> SELECT sum(twice) FROM v
sum int8
24
SELECT 1
db> SELECT v.id, t.n FROM v JOIN t USING (id) ORDER BY 1
id int4 | n int4
1       | 5
3       | 7
SELECT 2
db> CREATE VIEW v AS SELECT 1
ERROR 42P07: relation "v" already exists
db> CREATE OR REPLACE VIEW v AS SELECT id, n * 3 AS twice FROM t
CREATE VIEW
db> SELECT * FROM v ORDER BY id
id int4 | twice int4
1       | 15
2       | -15
3       | 21
SELECT 3
db> CREATE OR REPLACE VIEW v AS SELECT id FROM t
ERROR 42P16: cannot drop columns from view
db> DROP VIEW v
DROP VIEW
db> SELECT * FROM v
ERROR 42P01: relation "v" does not exist
