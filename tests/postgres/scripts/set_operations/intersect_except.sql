-- INTERSECT binds tighter than UNION; ALL counts.

db> SELECT i FROM generate_series(1, 4) i INTERSECT SELECT i FROM generate_series(3, 6) i ORDER BY 1
i int4
3
4
SELECT 2
db> SELECT i FROM generate_series(1, 4) i EXCEPT SELECT 2 ORDER BY 1
i int4
1
3
4
SELECT 3
db> SELECT * FROM (VALUES (1), (1), (2)) v EXCEPT ALL SELECT 1 ORDER BY 1
column1 int4
1
2
SELECT 2
db> SELECT * FROM (VALUES (1), (1), (2)) v INTERSECT ALL (VALUES (1), (1), (1)) ORDER BY 1
column1 int4
1
1
SELECT 2
db> SELECT 1 UNION SELECT 2 INTERSECT SELECT 3
?column? int4
1
SELECT 1
db> (SELECT 1 UNION SELECT 2) INTERSECT SELECT 2
?column? int4
2
SELECT 1
