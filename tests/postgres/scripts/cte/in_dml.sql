-- WITH before INSERT, UPDATE and DELETE.

db> CREATE TABLE t (id int, n int)
CREATE TABLE
db> WITH src AS (SELECT i, i * 2 AS n FROM generate_series(1, 3) i) INSERT INTO t SELECT * FROM src
INSERT 0 3
db> WITH big AS (SELECT id FROM t WHERE n > 3) UPDATE t SET n = 0 WHERE id IN (SELECT id FROM big) RETURNING id
id int4
2
3
UPDATE 2
db> WITH z AS (SELECT id FROM t WHERE n = 0) DELETE FROM t USING z WHERE t.id = z.id
DELETE 2
db> SELECT * FROM t
id int4 | n int4
1       | 2
SELECT 1
