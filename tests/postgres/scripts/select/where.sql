-- Conditions: three-valued logic.

db> CREATE TABLE t (id int, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 10), (2, NULL), (3, 30)
INSERT 0 3
db> SELECT id FROM t WHERE n > 5
id int4
1
3
SELECT 2
db> SELECT id FROM t WHERE NOT n > 15
id int4
1
SELECT 1
db> SELECT id FROM t WHERE n IS NULL
id int4
2
SELECT 1
db> SELECT id FROM t WHERE n = NULL
id int4
SELECT 0
db> SELECT id FROM t WHERE n IS DISTINCT FROM 10
id int4
2
3
SELECT 2
db> SELECT id FROM t WHERE n IS NOT DISTINCT FROM NULL
id int4
2
SELECT 1
db> SELECT id FROM t WHERE n BETWEEN 10 AND 20
id int4
1
SELECT 1
db> SELECT id FROM t WHERE n NOT BETWEEN SYMMETRIC 20 AND 10
id int4
3
SELECT 1
db> SELECT id FROM t WHERE n IN (10, NULL)
id int4
1
SELECT 1
db> SELECT id FROM t WHERE n NOT IN (10, NULL)
id int4
SELECT 0
db> SELECT id FROM t WHERE (n > 20) IS NOT TRUE
id int4
1
2
SELECT 2
db> SELECT id FROM t WHERE n
ERROR 42804: argument of WHERE must be type boolean, not type integer
db> SELECT id FROM t WHERE nowhere = 1
ERROR 42703: column "nowhere" does not exist
