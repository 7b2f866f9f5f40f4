-- date_trunc, date_bin, age.

db> SELECT date_trunc('month', timestamp '2024-03-05 14:07'), date_trunc('week', timestamp '2024-03-05'), date_trunc('hour', timestamptz '2024-03-05 14:07+00'), date_trunc('quarter', date '2024-05-05'), date_trunc('day', interval '3 days 5 hours')
date_trunc timestamp | date_trunc timestamp | date_trunc timestamptz | date_trunc timestamptz | date_trunc interval
2024-03-01 00:00:00  | 2024-03-04 00:00:00  | 2024-03-05 14:00:00+00 | 2024-04-01 00:00:00+00 | 3 days
SELECT 1
db> SELECT date_trunc('nonsense', timestamp '2024-01-01')
ERROR 22023: unit "nonsense" not recognized for type timestamp without time zone
db> SELECT date_trunc('day', timestamptz '2024-07-01 23:30+00', 'Europe/Berlin'), date_bin('15 minutes', timestamp '2024-01-01 10:22', timestamp '2024-01-01')
date_trunc timestamptz | date_bin timestamp
2024-07-01 22:00:00+00 | 2024-01-01 10:15:00
SELECT 1
db> SELECT age(timestamp '2024-03-01', timestamp '2024-01-31'), age(date '2024-03-01', date '2000-02-29'), age(timestamp '2024-01-01', timestamp '2024-03-01')
age interval | age interval   | age interval
1 mon 1 day  | 24 years 1 day | -2 mons
SELECT 1
db> SELECT (date '2024-01-01', date '2024-02-01') OVERLAPS (date '2024-01-15', date '2024-03-01'), isfinite(date 'infinity'), make_timestamp(2024, 1, 2, 3, 4, 5.5), make_time(1, 2, 3)
overlaps bool | isfinite bool | make_timestamp timestamp | make_time time
t             | f             | 2024-01-02 03:04:05.5    | 01:02:03
SELECT 1
