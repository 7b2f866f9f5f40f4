-- LIMIT and OFFSET, FETCH FIRST, WITH TIES; what they refuse.

db> SELECT i FROM generate_series(1, 5) i LIMIT 2
i int4
1
2
SELECT 2
db> SELECT i FROM generate_series(1, 5) i LIMIT 2 OFFSET 3
i int4
4
5
SELECT 2
db> SELECT i FROM generate_series(1, 5) i OFFSET 4
i int4
5
SELECT 1
db> SELECT i FROM generate_series(1, 5) i LIMIT ALL OFFSET 4
i int4
5
SELECT 1
db> SELECT i FROM generate_series(1, 5) i LIMIT 0
i int4
SELECT 0
db> SELECT i FROM generate_series(1, 5) i LIMIT NULL
i int4
1
2
3
4
5
SELECT 5
db> SELECT i FROM generate_series(1, 5) i LIMIT -1
ERROR 2201W: LIMIT must not be negative
db> SELECT i FROM generate_series(1, 5) i OFFSET -1
ERROR 2201X: OFFSET must not be negative
db> SELECT i FROM generate_series(1, 5) i LIMIT 'x'
ERROR 22P02: invalid input syntax for type bigint: "x"
db> SELECT i FROM generate_series(1, 5) i ORDER BY i FETCH FIRST 2 ROWS ONLY
i int4
1
2
SELECT 2
db> SELECT i / 2 AS h FROM generate_series(1, 5) i ORDER BY h FETCH FIRST 2 ROWS WITH TIES
h int4
0
1
1
SELECT 3
db> SELECT i FROM generate_series(1, 5) i LIMIT 1 + 1
i int4
1
2
SELECT 2
