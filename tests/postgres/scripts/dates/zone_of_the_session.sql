-- The session's time zone decides how timestamptz is read, printed, truncated and cast.

db> SHOW timezone
TimeZone text
UTC
SHOW
db> SET TIME ZONE 'Europe/Berlin'
SET
db> SHOW timezone
TimeZone text
Europe/Berlin
SHOW
db> SELECT timestamptz '2024-01-15 12:00', timestamptz '2024-07-15 12:00', timestamptz '2024-07-15 12:00+00'
timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz
2024-01-15 12:00:00+01  | 2024-07-15 12:00:00+02  | 2024-07-15 14:00:00+02
SELECT 1
db> SELECT timestamptz '2024-03-31 02:30', timestamptz '2024-03-31 03:30', timestamptz '2024-10-27 02:30', timestamptz '2024-10-27 02:30+02', timestamptz '2024-10-27 01:59:59.999999'
timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz
2024-03-31 03:30:00+02  | 2024-03-31 03:30:00+02  | 2024-10-27 02:30:00+01  | 2024-10-27 02:30:00+02  | 2024-10-27 01:59:59.999999+02
SELECT 1
db> SELECT timestamptz '2024-03-30 12:00' + interval '1 day', timestamptz '2024-03-30 12:00' + interval '24 hours', timestamptz '2024-10-26 12:00' + interval '1 day', timestamptz '2024-10-26 12:00' + interval '24 hours'
?column? timestamptz   | ?column? timestamptz   | ?column? timestamptz   | ?column? timestamptz
2024-03-31 12:00:00+02 | 2024-03-31 13:00:00+02 | 2024-10-27 12:00:00+01 | 2024-10-27 11:00:00+01
SELECT 1
db> SELECT timestamptz '2024-03-31 00:00' + interval '2 hours', timestamptz '2024-03-30 02:30' + interval '1 day', timestamptz '2024-01-31 10:00' + interval '1 month', timestamptz '2024-02-29 10:00' + interval '1 year'
?column? timestamptz   | ?column? timestamptz   | ?column? timestamptz   | ?column? timestamptz
2024-03-31 03:00:00+02 | 2024-03-31 03:30:00+02 | 2024-02-29 10:00:00+01 | 2025-02-28 10:00:00+01
SELECT 1
db> SELECT timestamptz '2024-10-28 00:00' - timestamptz '2024-10-27 00:00', timestamptz '2024-04-01' - timestamptz '2024-03-31', age(timestamptz '2024-04-01', timestamptz '2024-03-31')
?column? interval | ?column? interval | age interval
1 day 01:00:00    | 23:00:00          | 1 day
SELECT 1
db> SELECT date_trunc('day', timestamptz '2024-06-30 22:30+00'), date_trunc('month', timestamptz '2024-06-30 22:30+00'), date_trunc('hour', timestamptz '2024-10-27 00:30+00'), date_trunc('hour', timestamptz '2024-10-27 01:30+00')
date_trunc timestamptz | date_trunc timestamptz | date_trunc timestamptz | date_trunc timestamptz
2024-07-01 00:00:00+02 | 2024-07-01 00:00:00+02 | 2024-10-27 02:00:00+02 | 2024-10-27 02:00:00+01
SELECT 1
db> SELECT (timestamptz '2024-06-30 22:30+00')::date, (timestamptz '2024-06-30 22:30+00')::timestamp, (timestamptz '2024-06-30 22:30+00')::time, (timestamptz '2024-06-30 22:30+00')::timetz
date date  | timestamp timestamp | time time | timetz timetz
2024-07-01 | 2024-07-01 00:30:00 | 00:30:00  | 00:30:00+02
SELECT 1
db> SELECT date '2024-07-01'::timestamptz, timestamp '2024-07-01 00:30'::timestamptz, date '2024-07-01' = timestamptz '2024-06-30 22:00+00', timestamp '2024-07-01' < timestamptz '2024-06-30 23:00+00'
timestamptz timestamptz | timestamptz timestamptz | ?column? bool | ?column? bool
2024-07-01 00:00:00+02  | 2024-07-01 00:30:00+02  | t             | t
SELECT 1
db> SELECT extract(hour FROM timestamptz '2024-06-30 22:30+00'), extract(day FROM timestamptz '2024-06-30 22:30+00'), extract(epoch FROM timestamptz '2024-06-30 22:30+00'), extract(timezone FROM timestamptz '2024-06-30 22:30+00'), extract(timezone_hour FROM timestamptz '2024-01-30 22:30+00'), extract(timezone_minute FROM timestamptz '2024-06-30 22:30+00')
extract numeric | extract numeric | extract numeric   | extract numeric | extract numeric | extract numeric
0               | 1               | 1719786600.000000 | 7200            | 1               | 0
SELECT 1
db> SELECT to_char(timestamptz '2024-06-30 22:30+00', 'YYYY-MM-DD HH24:MI:SS TZ OF TZH:TZM tz'), to_char(timestamptz '2024-01-30 22:30+00', 'HH24 TZ OF')
to_char text                             | to_char text
2024-07-01 00:30:00 CEST +02 +02:00 cest | 23 CET +01
SELECT 1
db> SELECT timestamptz '1890-01-01 00:00', timestamptz '1945-05-24 03:00', timestamptz '2500-07-01 12:00', timestamptz '12000-07-01 12:00'
timestamptz timestamptz      | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz
1890-01-01 00:00:00+00:53:28 | 1945-05-24 03:00:00+03  | 2500-07-01 12:00:00+02  | 12000-07-01 12:00:00+02
SELECT 1
db> SELECT timestamp '2024-07-01 12:00' AT TIME ZONE 'America/New_York', timestamptz '2024-07-01 12:00' AT TIME ZONE 'America/New_York', timestamptz '2024-07-01 12:00' AT TIME ZONE 'UTC'
timezone timestamptz   | timezone timestamp  | timezone timestamp
2024-07-01 18:00:00+02 | 2024-07-01 06:00:00 | 2024-07-01 10:00:00
SELECT 1
db> SELECT json_build_object('at', timestamptz '2024-07-01 12:00', 'day', date '2024-07-01', 'local', timestamp '2024-07-01 12:00:00.5'), to_jsonb(timestamptz '2024-01-01 12:00:00.25')
json_build_object json                           | to_jsonb jsonb
{"at" : "2024-07-01T12:00:00+02:00", "day" : "2024-07-01", "local" : "2024-07-01T12:00:00.5"} | "2024-01-01T12:00:00.25+01:00"
SELECT 1
db> SELECT (timestamptz '2024-07-01 12:00')::text, '{2024-07-01 12:00,2024-01-01 12:00}'::timestamptz[]
text text              | timestamptz timestamptz[]
2024-07-01 12:00:00+02 | {"2024-07-01 12:00:00+02","2024-01-01 12:00:00+01"}
SELECT 1
db> SELECT d FROM generate_series(timestamptz '2024-03-30', timestamptz '2024-04-02', interval '1 day') AS d
d timestamptz
2024-03-30 00:00:00+01
2024-03-31 00:00:00+01
2024-04-01 00:00:00+02
2024-04-02 00:00:00+02
SELECT 4
db> SELECT d FROM generate_series(timestamptz '2024-10-26 12:00', timestamptz '2024-10-28', interval '12 hours') AS d
d timestamptz
2024-10-26 12:00:00+02
2024-10-27 00:00:00+02
2024-10-27 11:00:00+01
2024-10-27 23:00:00+01
SELECT 4
db> SET timezone TO 'europe/london'
SET
db> SHOW timezone
TimeZone text
Europe/London
SHOW
db> SELECT timestamptz '2024-07-15 12:00'
timestamptz timestamptz
2024-07-15 12:00:00+01
SELECT 1
db> SET TIME ZONE 'Nowhere/Else'
ERROR 22023: invalid value for parameter "TimeZone": "Nowhere/Else"
db> SET TIME ZONE 'PST8PDT'
SET
db> SELECT timestamptz '2024-07-15 12:00', timestamptz '2024-01-15 12:00'
timestamptz timestamptz | timestamptz timestamptz
2024-07-15 12:00:00-07  | 2024-01-15 12:00:00-08
SELECT 1
db> SET TIME ZONE -5
SET
db> SHOW timezone
TimeZone text
<-05>+05
SHOW
db> SELECT timestamptz '2024-07-15 12:00'
timestamptz timestamptz
2024-07-15 12:00:00-05
SELECT 1
db> SET TIME ZONE '+05:30'
SET
db> SHOW timezone
TimeZone text
+05:30
SHOW
db> SELECT timestamptz '2024-07-15 12:00'
timestamptz timestamptz
2024-07-15 12:00:00-05:30
SELECT 1
db> SET TIME ZONE INTERVAL '+05:30' HOUR TO MINUTE
SET
db> SHOW timezone
TimeZone text
<+05:30>-05:30
SHOW
db> SELECT timestamptz '2024-07-15 12:00', to_char(timestamptz '2024-07-15 12:00', 'TZ OF')
timestamptz timestamptz   | to_char text
2024-07-15 12:00:00+05:30 | +05:30 +05:30
SELECT 1
db> SET TIME ZONE LOCAL
SET
db> SELECT timestamptz '2024-07-15 12:00'
timestamptz timestamptz
2024-07-15 12:00:00+00
SELECT 1
db> SET TIME ZONE 'Asia/Kolkata'
SET
db> SET TIME ZONE DEFAULT
SET
db> SELECT timestamptz '2024-07-15 12:00'
timestamptz timestamptz
2024-07-15 12:00:00+00
SELECT 1
db> BEGIN
BEGIN
db> SET LOCAL TIME ZONE 'Asia/Tokyo'
SET
db> SELECT timestamptz '2024-07-15 12:00'
timestamptz timestamptz
2024-07-15 12:00:00+09
SELECT 1
db> COMMIT
COMMIT
db> SELECT timestamptz '2024-07-15 12:00'
timestamptz timestamptz
2024-07-15 12:00:00+00
SELECT 1
db> SET TIME ZONE 'FOO-2BAR,M3.5.0,M10.5.0/3'
SET
db> SELECT timestamptz '2024-07-15 12:00', timestamptz '2024-12-15 12:00'
timestamptz timestamptz | timestamptz timestamptz
2024-07-15 12:00:00+03  | 2024-12-15 12:00:00+02
SELECT 1
