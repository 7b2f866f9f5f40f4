-- LIMIT $1 is a bigint.

db> SELECT i FROM generate_series(1, 5) i LIMIT $1 OFFSET $2
with 2, 1
i int4
2
3
SELECT 2
db> SELECT i FROM generate_series(1, 5) i LIMIT $1
with NULL
i int4
1
2
3
4
5
SELECT 5
