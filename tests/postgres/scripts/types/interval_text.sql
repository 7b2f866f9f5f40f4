-- Intervals: months, days and time are kept apart.

db> SELECT interval '1 year 2 months 3 days 4 hours 5 minutes 6.7 seconds', interval '1-2', interval '3 4:05:06', interval '-1 day', interval '1 day -2 hours', interval '0'
interval interval               | interval interval | interval interval | interval interval | interval interval | interval interval
1 year 2 mons 3 days 04:05:06.7 | 1 year 2 mons     | 3 days 04:05:06   | -1 days           | 1 day -02:00:00   | 00:00:00
SELECT 1
db> SELECT interval '90 minutes', interval '36 hours', interval '14 months', interval '1.5 days', interval '1 week', interval 'P1DT2H', interval '100 days', interval '0.5 month'
interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval
01:30:00          | 36:00:00          | 1 year 2 mons     | 1 day 12:00:00    | 7 days            | 1 day 02:00:00    | 100 days          | 15 days
SELECT 1
db> SELECT interval '1 month' = interval '30 days', interval '1 day' = interval '24 hours', interval '1 month' > interval '29 days'
?column? bool | ?column? bool | ?column? bool
t             | t             | t
SELECT 1
db> SELECT interval 'abc'
ERROR 22007: invalid input syntax for type interval: "abc"
db> SELECT interval '1' day, interval '2' hour, interval '1:30' minute to second, interval '5' year
interval interval | interval interval | interval interval | interval interval
1 day             | 02:00:00          | 00:01:30          | 5 years
SELECT 1
db> SELECT '1 day ago'::interval, interval '-1 months +2 days', interval '1 mon 1 mons'
ERROR 22007: invalid input syntax for type interval: "1 mon 1 mons"
