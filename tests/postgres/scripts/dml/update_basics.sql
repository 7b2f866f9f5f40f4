-- Counts, no match, several columns, right sides see the old row.

db> CREATE TABLE t (id int PRIMARY KEY, a int, b int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 10, 20), (2, 30, 40)
INSERT 0 2
db> UPDATE t SET a = b, b = a
UPDATE 2
db> SELECT * FROM t ORDER BY id
id int4 | a int4 | b int4
1       | 20     | 10
2       | 40     | 30
SELECT 2
db> UPDATE t SET a = 0 WHERE id = 99
UPDATE 0
db> UPDATE t SET (a, b) = (1, 2) WHERE id = 1 RETURNING *
id int4 | a int4 | b int4
1       | 1      | 2
UPDATE 1
db> UPDATE t SET (a, b) = (SELECT max(a), min(b) FROM t) WHERE id = 2 RETURNING *
id int4 | a int4 | b int4
2       | 40     | 2
UPDATE 1
db> UPDATE t SET a = 1, a = 2
ERROR 42601: multiple assignments to same column "a"
db> UPDATE t SET nowhere = 1
ERROR 42703: column "nowhere" of relation "t" does not exist
db> UPDATE t SET t.a = 1
ERROR 42703: column "t" of relation "t" does not exist
db> UPDATE t AS x SET a = x.a + 1 WHERE x.id = 1 RETURNING x.a
a int4
2
UPDATE 1
