-- Intervals computed with: sums, products, justification, limits.

db> SELECT interval '1 month' * 1.5, interval '1 day' * 0.5, interval '1 year' * 0.1, interval '1 month' / 2, interval '1 day' / 3, interval '10 days' / 7, interval '1 hour' * 2.5, 3 * interval '20 minutes'
?column? interval | ?column? interval | ?column? interval | ?column? interval | ?column? interval | ?column? interval     | ?column? interval | ?column? interval
1 mon 15 days     | 12:00:00          | 1 mon 6 days      | 15 days           | 08:00:00          | 1 day 10:17:08.571429 | 02:30:00          | 01:00:00
SELECT 1
db> SELECT interval '1 mon 2 days 3 hours' * -1, interval '1 mon 15 days' * 0.3333, interval '1 year 1 mon' / 1.5, interval '-1 month' / 4, interval '1 microsecond' / 3, interval '7 weeks' * 0.123
?column? interval         | ?column? interval  | ?column? interval | ?column? interval | ?column? interval | ?column? interval
-1 mons -2 days -03:00:00 | 14 days 23:57:50.4 | 8 mons 20 days    | -7 days -12:00:00 | 00:00:00          | 6 days 00:38:52.8
SELECT 1
db> SELECT interval '1 day' / 0
ERROR 22012: division by zero
db> SELECT interval '2147483647 months' * 2
ERROR 22008: interval out of range
db> SELECT interval '2147483647 days' + interval '1 day'
ERROR 22008: interval out of range
db> SELECT - interval '-2147483648 days'
ERROR 22008: interval out of range
db> SELECT - interval '1 month -2 days 3:00', interval '1 month' + interval '1 day' - interval '30 minutes', interval '1 day' - interval '24 hours'
?column? interval         | ?column? interval     | ?column? interval
-1 mons +2 days -03:00:00 | 1 mon 1 day -00:30:00 | 1 day -24:00:00
SELECT 1
db> SELECT justify_hours(interval '27 hours'), justify_days(interval '35 days'), justify_interval(interval '1 mon -1 hour'), justify_hours(interval '-25 hours'), justify_days(interval '-35 days'), justify_interval(interval '-1 mon +1 hour'), justify_interval(interval '25 hours 31 days')
justify_hours interval | justify_days interval | justify_interval interval | justify_hours interval | justify_days interval | justify_interval interval | justify_interval interval
1 day 03:00:00         | 1 mon 5 days          | 29 days 23:00:00          | -1 days -01:00:00      | -1 mons -5 days       | -29 days -23:00:00        | 1 mon 2 days 01:00:00
SELECT 1
db> SELECT interval '1 month' = interval '30 days', interval '1 day' = interval '24 hours', interval '1 year' > interval '365 days', interval '1 year' = interval '360 days', greatest(interval '1 month', interval '29 days', interval '721 hours')
?column? bool | ?column? bool | ?column? bool | ?column? bool | greatest interval
t             | t             | f             | t             | 721:00:00
SELECT 1
db> SELECT extract(epoch FROM interval '1 year'), extract(epoch FROM interval '1 month 1 day 1.5 seconds'), extract(days FROM interval '40 days 30 hours'), extract(hour FROM interval '40 days 30 hours'), extract(quarter FROM interval '7 months'), extract(milliseconds FROM interval '1.2345 seconds'), extract(decade FROM interval '37 years')
extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric
31557600.000000 | 2678401.500000  | 40              | 30              | 3               | 1234.500        | 3
SELECT 1
db> SELECT extract(week FROM interval '40 days')
ERROR 0A000: unit "week" not supported for type interval
db> SELECT extract(doy FROM interval '40 days')
ERROR 0A000: unit "doy" not supported for type interval
db> SELECT extract(nonsense FROM interval '40 days')
ERROR 22023: unit "nonsense" not recognized for type interval
db> SELECT date_trunc('hour', interval '1 day 2:34:56.789'), date_trunc('month', interval '1 year 2 months 3 days'), date_trunc('quarter', interval '1 year 5 months'), date_trunc('millisecond', interval '1.23456 seconds'), date_trunc('day', interval '-1 day -2 hours')
date_trunc interval | date_trunc interval | date_trunc interval | date_trunc interval | date_trunc interval
1 day 02:00:00      | 1 year 2 mons       | 1 year 3 mons       | 00:00:01.234        | -1 days
SELECT 1
db> SELECT date_trunc('week', interval '40 days')
ERROR 0A000: unit "week" not supported for type interval
DETAIL: Months usually have fractional weeks.
db> SELECT sum(i), avg(i), min(i), max(i) FROM (VALUES (interval '1 day'), (interval '2 hours'), (interval '1 month')) AS v (i)
sum interval         | avg interval     | min interval | max interval
1 mon 1 day 02:00:00 | 10 days 08:40:00 | 02:00:00     | 1 mon
SELECT 1
db> SELECT make_interval(), make_interval(days => 10), make_interval(years => 1, months => 14, weeks => 1, days => 1, hours => 25, mins => 61, secs => 61.5), make_interval(1, 2, 3), make_interval(secs => -0.25)
make_interval interval | make_interval interval | make_interval interval           | make_interval interval | make_interval interval
00:00:00               | 10 days                | 2 years 2 mons 8 days 26:02:01.5 | 1 year 2 mons 21 days  | -00:00:00.25
SELECT 1
db> SELECT make_interval(secs => 'infinity')
ERROR 22008: interval out of range
db> SELECT make_interval(day => 1)
ERROR 42883: function make_interval(day => integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
db> SELECT time '10:00' + interval '15 hours', time '10:00' - interval '11 hours', time '10:00' - time '12:30', interval '2 days 3 hours'::time, time '10:00'::interval, interval '-3 hours'::time
?column? time | ?column? time | ?column? interval | time time | interval interval | time time
01:00:00      | 23:00:00      | -02:30:00         | 03:00:00  | 10:00:00          | 21:00:00
SELECT 1
db> SELECT date '2024-01-31' + interval '1 month', date '2024-02-29' + interval '1 year', date '2023-03-31' - interval '1 month', timestamp '2024-03-31 10:00' - interval '1 month 1 day', timestamp '2024-12-31' + interval '2 months'
?column? timestamp  | ?column? timestamp  | ?column? timestamp  | ?column? timestamp  | ?column? timestamp
2024-02-29 00:00:00 | 2025-02-28 00:00:00 | 2023-02-28 00:00:00 | 2024-02-28 10:00:00 | 2025-02-28 00:00:00
SELECT 1
db> SELECT date '2024-01-31' + 1, 7 + date '2024-02-27', date '2024-03-01' - 1, date '2024-03-01' - date '2024-02-01', date '2024-01-01' + time '10:30', time '10:30' + date '2024-01-01', interval '1 day' + time '10:30', date '2024-01-01' + timetz '10:30+02'
?column? date | ?column? date | ?column? date | ?column? int4 | ?column? timestamp  | ?column? timestamp  | ?column? time | ?column? timestamptz
2024-02-01    | 2024-03-05    | 2024-02-29    | 29            | 2024-01-01 10:30:00 | 2024-01-01 10:30:00 | 10:30:00      | 2024-01-01 08:30:00+00
SELECT 1
db> SELECT date 'infinity' + 1, timestamp 'infinity' - interval '1 day', date 'infinity' > date '5874897-12-31', isfinite(date 'infinity'), isfinite(timestamp '2024-01-01'), isfinite(interval '1 day')
?column? date | ?column? timestamp | ?column? bool | isfinite bool | isfinite bool | isfinite bool
infinity      | infinity           | t             | f             | t             | t
SELECT 1
db> SELECT date 'infinity' - date '2024-01-01'
ERROR 22008: cannot subtract infinite dates
db> SELECT timestamp 'infinity' - timestamp '2024-01-01'
ERROR 22008: cannot subtract infinite timestamps
db> SELECT date '5874897-12-31' + 1
ERROR 22008: date out of range
db> SELECT date '2024-01-01' + date '2024-01-01'
ERROR 42883: operator does not exist: date + date
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT timestamp '2024-03-10 12:00' - timestamp '2024-03-01 18:30', timestamp '2024-03-01' - timestamp '2024-03-10 06:00', age(timestamp '2024-03-01', timestamp '2023-12-15 10:00'), age(date '2024-02-29', date '2023-03-31'), age(timestamp '2023-12-15', timestamp '2024-03-01')
?column? interval | ?column? interval | age interval            | age interval    | age interval
8 days 17:30:00   | -9 days -06:00:00 | 2 mons 16 days 14:00:00 | 10 mons 29 days | -2 mons -17 days
SELECT 1
