-- ROWS, RANGE and GROUPS; EXCLUDE.

db> SELECT i, sum(i) OVER (ORDER BY i ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) FROM generate_series(1, 3) i
i int4 | sum int8
1      | NULL
2      | 1
3      | 2
SELECT 3
db> SELECT v, sum(v) OVER (ORDER BY v GROUPS 1 PRECEDING) FROM (VALUES (1), (1), (2), (4)) t (v)
v int4 | sum int8
1      | 2
1      | 2
2      | 4
4      | 6
SELECT 4
db> SELECT v, sum(v) OVER (ORDER BY v RANGE BETWEEN 1 FOLLOWING AND 2 FOLLOWING) FROM (VALUES (1), (2), (4)) t (v)
v int4 | sum int8
1      | 2
2      | 4
4      | NULL
SELECT 3
db> SELECT sum(v) OVER (ORDER BY v ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM (VALUES (1)) t (v)
ERROR 42P20: frame starting from current row cannot have preceding rows
