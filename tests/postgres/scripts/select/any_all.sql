-- ANY and ALL with arrays and subqueries, NULLs included.

db> SELECT 1 = ANY (ARRAY[1, 2]), 3 = ANY (ARRAY[1, NULL]), 1 <> ALL (ARRAY[2, 3]), 1 = ANY ('{}'::int[]), 1 = ALL ('{}'::int[])
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | NULL          | t             | f             | t
SELECT 1
db> SELECT 2 > ALL (SELECT i FROM generate_series(0, 1) i), 2 IN (SELECT 2), 1 < SOME (SELECT 0)
?column? bool | ?column? bool | ?column? bool
t             | t             | f
SELECT 1
db> SELECT i FROM generate_series(1, 4) i WHERE i = ANY ($1)
with '{2,4}'
i int4
2
4
SELECT 2
db> SELECT 1 = ANY (1)
ERROR 42809: op ANY/ALL (array) requires array on right side
db> SELECT 'a' = ANY (ARRAY['a', 'b']::text[])
?column? bool
t
SELECT 1
db> SELECT 'abc' LIKE ANY (ARRAY['x%', 'a%'])
?column? bool
t
SELECT 1
