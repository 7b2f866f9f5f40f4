-- extract, date_part, date_trunc and date_bin: every field of every type.

db> SELECT extract(century FROM t), extract(day FROM t), extract(decade FROM t), extract(dow FROM t), extract(doy FROM t), extract(epoch FROM t), extract(hour FROM t), extract(isodow FROM t), extract(isoyear FROM t), extract(julian FROM t) FROM (VALUES (timestamp '2023-01-01 13:14:15.678901')) AS v (t)
extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric   | extract numeric | extract numeric | extract numeric | extract numeric
21              | 1               | 202             | 0               | 1               | 1672578855.678901 | 13              | 7               | 2022            | 2459946.55157035765046296296
SELECT 1
db> SELECT extract(microseconds FROM t), extract(millennium FROM t), extract(milliseconds FROM t), extract(minute FROM t), extract(month FROM t), extract(quarter FROM t), extract(second FROM t), extract(week FROM t), extract(year FROM t) FROM (VALUES (timestamp '2023-01-01 13:14:15.678901')) AS v (t)
extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric
15678901        | 3               | 15678.901       | 14              | 1               | 1               | 15.678901       | 52              | 2023
SELECT 1
db> SELECT extract(year FROM date '0044-03-15 BC'), extract(century FROM date '0044-03-15 BC'), extract(decade FROM date '0044-03-15 BC'), extract(millennium FROM date '2000-12-31'), extract(century FROM date '2001-01-01'), extract(isoyear FROM date '2021-01-03'), extract(week FROM date '2020-12-31'), extract(epoch FROM date '2024-01-01'), extract(julian FROM date '2024-01-01')
extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric
-44             | -1              | -5              | 2               | 21              | 2020            | 53              | 1704067200      | 2460311
SELECT 1
db> SELECT date_part('year', timestamp '2024-02-29 10:00'), date_part('second', timestamp '2024-02-29 10:00:01.5'), date_part('epoch', interval '1.5 hours'), date_part('hour', time '10:20:30'), date_part('hour', date '2024-01-01'), date_part('timezone', timetz '10:00+02')
date_part float8 | date_part float8 | date_part float8 | date_part float8 | date_part float8 | date_part float8
2024             | 1.5              | 5400             | 10               | 0                | 7200
SELECT 1
db> SELECT extract(hour FROM date '2024-01-01')
ERROR 0A000: unit "hour" not supported for type date
db> SELECT extract(timezone FROM timestamp '2024-01-01')
ERROR 0A000: unit "timezone" not supported for type timestamp without time zone
db> SELECT extract(nonsense FROM timestamp '2024-01-01')
ERROR 22023: unit "nonsense" not recognized for type timestamp without time zone
db> SELECT extract(nonsense FROM date '2024-01-01')
ERROR 22023: unit "nonsense" not recognized for type date
db> SELECT extract(day FROM time '10:00')
ERROR 0A000: unit "day" not supported for type time without time zone
db> SELECT extract(week FROM time '10:00')
ERROR 0A000: unit "week" not supported for type time without time zone
db> SELECT extract(nonsense FROM time '10:00')
ERROR 22023: unit "nonsense" not recognized for type time without time zone
db> SELECT extract(epoch FROM time '10:00:00.5'), extract(second FROM time '10:00:07.25'), extract(microseconds FROM time '10:00:07.25'), extract(timezone_hour FROM timetz '10:00-03:30'), extract(timezone_minute FROM timetz '10:00-03:30'), extract(epoch FROM timetz '10:00+02')
extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric
36000.500000    | 7.250000        | 7250000         | -3              | -30             | 28800.000000
SELECT 1
db> SELECT extract(year FROM timestamp 'infinity'), extract(month FROM timestamp 'infinity'), extract(epoch FROM timestamptz '-infinity'), extract(year FROM date '-infinity'), extract(day FROM date 'infinity')
extract numeric | extract numeric | extract numeric | extract numeric | extract numeric
Infinity        | NULL            | -Infinity       | -Infinity       | NULL
SELECT 1
db> SELECT extract('year' FROM date '2024-01-01'), extract(YEARS FROM date '2024-01-01'), extract(mons FROM interval '5 months'), extract("month" FROM date '2024-05-01')
extract numeric | extract numeric | extract numeric | extract numeric
2024            | 2024            | 5               | 5
SELECT 1
db> SELECT date_trunc('microseconds', t), date_trunc('milliseconds', t), date_trunc('second', t), date_trunc('minute', t), date_trunc('hour', t), date_trunc('day', t) FROM (VALUES (timestamp '2024-08-14 13:14:15.678901')) AS v (t)
date_trunc timestamp       | date_trunc timestamp    | date_trunc timestamp | date_trunc timestamp | date_trunc timestamp | date_trunc timestamp
2024-08-14 13:14:15.678901 | 2024-08-14 13:14:15.678 | 2024-08-14 13:14:15  | 2024-08-14 13:14:00  | 2024-08-14 13:00:00  | 2024-08-14 00:00:00
SELECT 1
db> SELECT date_trunc('week', t), date_trunc('month', t), date_trunc('quarter', t), date_trunc('year', t), date_trunc('decade', t), date_trunc('century', t), date_trunc('millennium', t) FROM (VALUES (timestamp '2024-08-14 13:14:15.678901')) AS v (t)
date_trunc timestamp | date_trunc timestamp | date_trunc timestamp | date_trunc timestamp | date_trunc timestamp | date_trunc timestamp | date_trunc timestamp
2024-08-12 00:00:00  | 2024-08-01 00:00:00  | 2024-07-01 00:00:00  | 2024-01-01 00:00:00  | 2020-01-01 00:00:00  | 2001-01-01 00:00:00  | 2001-01-01 00:00:00
SELECT 1
db> SELECT date_trunc('WEEK', date '2024-01-01'), date_trunc('week', timestamp '2023-01-01'), date_trunc('day', timestamp 'infinity'), date_trunc('century', timestamp '0055-01-01 BC'), date_trunc('month', NULL::timestamp)
date_trunc timestamptz | date_trunc timestamp | date_trunc timestamp | date_trunc timestamp   | date_trunc timestamp
2024-01-01 00:00:00+00 | 2022-12-26 00:00:00  | infinity             | 0100-01-01 00:00:00 BC | NULL
SELECT 1
db> SELECT date_trunc('nonsense', timestamp '2024-01-01')
ERROR 22023: unit "nonsense" not recognized for type timestamp without time zone
db> SELECT date_trunc('timezone', timestamp '2024-01-01')
ERROR 0A000: unit "timezone" not supported for type timestamp without time zone
db> SELECT date_trunc('dow', timestamptz '2024-01-01')
ERROR 22023: unit "dow" not recognized for type timestamp with time zone
db> SELECT date_trunc('day', time '10:20:30'), pg_typeof(date_trunc('day', date '2024-01-01'))
date_trunc interval | pg_typeof regtype
00:00:00            | timestamp with time zone
SELECT 1
db> SELECT date_bin('15 minutes', timestamp '2024-02-11 15:44:17', timestamp '2001-01-01'), date_bin('1 hour 30 minutes', timestamptz '2024-02-11 15:44:17+00', timestamptz '2001-01-01 00:00+00'), date_bin('7 days', timestamp '2000-12-30', timestamp '2001-01-01')
date_bin timestamp  | date_bin timestamptz   | date_bin timestamp
2024-02-11 15:30:00 | 2024-02-11 15:00:00+00 | 2000-12-25 00:00:00
SELECT 1
db> SELECT date_bin('1 month', timestamp '2024-02-11', timestamp '2001-01-01')
ERROR 0A000: timestamps cannot be binned into intervals containing months or years
db> SELECT date_bin('0 days', timestamp '2024-02-11', timestamp '2001-01-01')
ERROR 22008: stride must be greater than zero
db> SELECT date_bin('-1 day', timestamp '2024-02-11', timestamp '2001-01-01')
ERROR 22008: stride must be greater than zero
