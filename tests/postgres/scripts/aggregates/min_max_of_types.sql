-- min and max of dates, booleans, arrays, intervals.

db> SELECT min(d), max(d) FROM (VALUES (date '2024-01-02'), (date '2023-05-06')) v (d)
min date   | max date
2023-05-06 | 2024-01-02
SELECT 1
db> SELECT max(i) FROM (VALUES (interval '1 day'), (interval '25 hours')) v (i)
max interval
25:00:00
SELECT 1
db> SELECT min(b) FROM (VALUES (true), (false)) v (b)
ERROR 42883: function min(boolean) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
db> SELECT max(a) FROM (VALUES (ARRAY[1, 2]), (ARRAY[1, 3])) v (a)
max int4[]
{1,3}
SELECT 1
db> SELECT min(u) FROM (VALUES ('00000000-0000-0000-0000-000000000001'::uuid)) v (u)
ERROR 42883: function min(uuid) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
