-- Arithmetic with intervals.

db> SELECT interval '1 day' + interval '2 hours', interval '1 day' * 1.5, 2 * interval '1 hour 30 minutes', interval '1 hour' / 4, -interval '1 day', interval '1 month' / 2
?column? interval | ?column? interval | ?column? interval | ?column? interval | ?column? interval | ?column? interval
1 day 02:00:00    | 1 day 12:00:00    | 03:00:00          | 00:15:00          | -1 days           | 15 days
SELECT 1
db> SELECT timestamp '2024-01-31 10:00' + interval '1 month', timestamp '2024-03-31' - interval '1 month', date '2024-01-01' - interval '1 second'
?column? timestamp  | ?column? timestamp  | ?column? timestamp
2024-02-29 10:00:00 | 2024-02-29 00:00:00 | 2023-12-31 23:59:59
SELECT 1
db> SELECT justify_hours(interval '36 hours'), justify_days(interval '35 days'), justify_interval(interval '1 month -1 hour')
justify_hours interval | justify_days interval | justify_interval interval
1 day 12:00:00         | 1 mon 5 days          | 29 days 23:00:00
SELECT 1
db> SELECT make_interval(days => 3, hours => 2), make_interval(0, 1), $1 * interval '1 second'
with 90
make_interval interval | make_interval interval | ?column? interval
3 days 02:00:00        | 1 mon                  | 00:01:30
SELECT 1
db> SELECT extract(epoch FROM interval '1 day 1 second'), interval '2 hours'::time
extract numeric | time time
86401.000000    | 02:00:00
SELECT 1
db> SELECT interval '1 day' + 1
ERROR 42883: operator does not exist: interval + integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT interval '1 day' / 0
ERROR 22012: division by zero
