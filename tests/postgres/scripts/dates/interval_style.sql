-- IntervalStyle, and the forms in which intervals are written.

db> SHOW intervalstyle
IntervalStyle text
postgres
SHOW
db> SET intervalstyle = 'postgres_verbose'
SET
db> SELECT interval '1 year 2 months 3 days 4 hours 5 minutes 6.7 seconds', interval '-1 day', interval '0', interval '1 day -2 hours', interval '-1 year -3 hours', interval '1.5 seconds', interval '-0.5 seconds'
interval interval                              | interval interval | interval interval | interval interval | interval interval    | interval interval | interval interval
@ 1 year 2 mons 3 days 4 hours 5 mins 6.7 secs | @ 1 day ago       | @ 0               | @ 1 day -2 hours  | @ 1 year 3 hours ago | @ 1.5 secs        | @ 0.5 secs ago
SELECT 1
db> SET intervalstyle = 'sql_standard'
SET
db> SELECT interval '1 year 2 months', interval '3 days 4 hours 5 minutes 6.7 seconds', interval '1 year 3 days', interval '-1 day', interval '0', interval '1 day -2 hours', interval '4 hours', interval '-1-2'
interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval
1-2               | 3 4:05:06.7       | +1-0 +3 +0:00:00  | -1 0:00:00        | 0                 | +0-0 +1 -2:00:00  | 4:00:00           | -1-2
SELECT 1
db> SELECT interval '-1 2:03:04', interval '-1 day +2:03:04', interval '- 1 day 2 hours'
interval interval | interval interval | interval interval
-1 2:03:04        | +0-0 -1 +2:03:04  | -1 2:00:00
SELECT 1
db> SET intervalstyle = 'iso_8601'
SET
db> SELECT interval '1 year 2 months 3 days 4 hours 5 minutes 6.7 seconds', interval '-1 day', interval '0', interval '1 day -2 hours', interval '1 month', interval '90 minutes', interval '-0.5 seconds'
interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval
P1Y2M3DT4H5M6.7S  | P-1D              | PT0S              | P1DT-2H           | P1M               | PT1H30M           | PT-0.5S
SELECT 1
db> SET intervalstyle = 'nonsense'
ERROR 22023: invalid value for parameter "intervalstyle": "nonsense"
HINT: Available values: postgres, postgres_verbose, sql_standard, iso_8601.
db> SET intervalstyle TO DEFAULT
SET
db> SELECT interval 'P1Y2M3DT4H5M6.7S', interval 'P1W', interval 'PT36H', interval 'P0001-02-03T04:05:06', interval 'P-1DT-2H', interval 'P1.5D', interval 'PT0.000001S', interval 'P20240229T040506'
interval interval               | interval interval | interval interval | interval interval             | interval interval | interval interval | interval interval | interval interval
1 year 2 mons 3 days 04:05:06.7 | 7 days            | 36:00:00          | 1 year 2 mons 3 days 04:05:06 | -1 days -02:00:00 | 1 day 12:00:00    | 00:00:00.000001   | 2024 years 2 mons 29 days 04:05:06
SELECT 1
db> SELECT interval 'P'
ERROR 22007: invalid input syntax for type interval: "P"
db> SELECT interval 'P1'
interval interval
1 year
SELECT 1
db> SELECT interval 'P1X'
ERROR 22007: invalid input syntax for type interval: "P1X"
db> SELECT interval '1' YEAR, interval '2' MONTH, interval '3' DAY, interval '4' HOUR, interval '5' MINUTE, interval '6.789' SECOND, interval '6.789' SECOND(1)
interval interval | interval interval | interval interval | interval interval | interval interval | interval interval | interval interval
1 year            | 2 mons            | 3 days            | 04:00:00          | 00:05:00          | 00:00:06.789      | 00:00:06.8
SELECT 1
db> SELECT interval '1-2' YEAR TO MONTH, interval '3 4' DAY TO HOUR, interval '3 4:05' DAY TO MINUTE, interval '3 4:05:06.789' DAY TO SECOND(2), interval '4:05' HOUR TO MINUTE, interval '4:05:06' HOUR TO SECOND, interval '5:06' MINUTE TO SECOND
interval interval | interval interval | interval interval | interval interval  | interval interval | interval interval | interval interval
1 year 2 mons     | 3 days 04:00:00   | 3 days 04:05:00   | 3 days 04:05:06.79 | 04:05:00          | 04:05:06          | 00:05:06
SELECT 1
db> SELECT interval '1 year 2 months 3 days 4:05:06' YEAR, interval '1 year 2 months 3 days 4:05:06' MONTH, interval '3 days 4:05:06' DAY, interval '3 days 4:05:06' HOUR, interval '3 days 4:05:06' MINUTE
interval interval | interval interval | interval interval | interval interval | interval interval
1 year            | 1 year 2 mons     | 3 days            | 3 days 04:00:00   | 3 days 04:05:00
SELECT 1
db> SELECT interval(0) '1.5 seconds', interval(2) '1.239 seconds', '1.239 seconds'::interval(1), '3 days 4:05:06'::interval day, '14 months'::interval year
interval interval | interval interval | interval interval | interval interval | interval interval
00:00:02          | 00:00:01.24       | 00:00:01.2        | 3 days            | 1 year
SELECT 1
db> SELECT interval '1 decade', interval '1 century', interval '1 millennium', interval '1 fortnight'
ERROR 22007: invalid input syntax for type interval: "1 fortnight"
db> SELECT interval '1 decade 2 yrs 3 mons 4 weeks 5 d 6 hrs 7 mins 8 secs 9 ms 10 us', interval '1 day ago', interval '@ 1 minute', interval '1.5 months', interval '1.5 years', interval '0.1 weeks'
interval interval                      | interval interval | interval interval | interval interval | interval interval | interval interval
12 years 3 mons 33 days 06:07:08.00901 | -1 days           | 00:01:00          | 1 mon 15 days     | 1 year 6 mons     | 16:48:00
SELECT 1
db> SELECT interval '10:20', interval '10:20:30.5', interval '1 10:20', interval '-10:20', interval '100:00:00', interval '5', interval '1 2'
ERROR 22007: invalid input syntax for type interval: "1 2"
db> SELECT interval '1 day 1 day'
ERROR 22007: invalid input syntax for type interval: "1 day 1 day"
db> SELECT interval '10:60'
ERROR 22015: interval field value out of range: "10:60"
db> SELECT interval '1-13'
ERROR 22015: interval field value out of range: "1-13"
db> SELECT interval ''
ERROR 22007: invalid input syntax for type interval: ""
db> SELECT interval '2147483648 days'
ERROR 22015: interval field value out of range: "2147483648 days"
db> SELECT interval '178956971 years'
ERROR 22008: interval out of range
db> SELECT interval '99999999999999999999 seconds'
ERROR 22015: interval field value out of range: "99999999999999999999 seconds"
