-- time with time zone.

db> SELECT timetz '10:20:30+02', time with time zone '10:20:30.5-03:30', timetz '10:20', timetz '10:20 UTC', timetz '10:20 EST', timetz(1) '10:20:30.25+00', timetz '24:00+00'
timetz timetz | timetz timetz    | timetz timetz | timetz timetz | timetz timetz | timetz timetz | timetz timetz
10:20:30+02   | 10:20:30.5-03:30 | 10:20:00+00   | 10:20:00+00   | 10:20:00-05   | 10:20:30.3+00 | 24:00:00+00
SELECT 1
db> CREATE TABLE opening (id int PRIMARY KEY, at timetz NOT NULL, closes time with time zone)
CREATE TABLE
db> INSERT INTO opening VALUES (1, '09:00+01', '17:00+01'), (2, '08:00+00', NULL), (3, '09:30+02', '18:00 PST'), (4, '04:00-04', '24:00:00+00') RETURNING *
id int4 | at timetz   | closes timetz
1       | 09:00:00+01 | 17:00:00+01
2       | 08:00:00+00 | NULL
3       | 09:30:00+02 | 18:00:00-08
4       | 04:00:00-04 | 24:00:00+00
INSERT 0 4
db> SELECT id, at FROM opening ORDER BY at, id
id int4 | at timetz
3       | 09:30:00+02
1       | 09:00:00+01
2       | 08:00:00+00
4       | 04:00:00-04
SELECT 4
db> SELECT id FROM opening WHERE at = timetz '09:00+01'
id int4
1
SELECT 1
db> SELECT min(at), max(at), count(DISTINCT at) FROM opening
min timetz  | max timetz  | count int8
09:30:00+02 | 04:00:00-04 | 4
SELECT 1
db> SELECT timetz '09:00+01' < timetz '08:00+00', timetz '09:00+01' = timetz '08:00+00', timetz '10:00+00' > timetz '10:00+01'
?column? bool | ?column? bool | ?column? bool
t             | f             | t
SELECT 1
db> SELECT timetz '10:00+02' + interval '20 hours', timetz '10:00+02' - interval '11 hours', interval '1 hour' + timetz '10:00+02', date '2024-01-15' + timetz '10:00+02'
?column? timetz | ?column? timetz | ?column? timetz | ?column? timestamptz
06:00:00+02     | 23:00:00+02     | 11:00:00+02     | 2024-01-15 08:00:00+00
SELECT 1
db> SELECT timetz '10:00+02'::time, time '10:00'::timetz, timestamptz '2024-01-15 10:00+00'::timetz, timetz '10:00+02'::text, '10:00+02'::text::timetz
time time | timetz timetz | timetz timetz | text text   | timetz timetz
10:00:00  | 10:00:00+00   | 10:00:00+00   | 10:00:00+02 | 10:00:00+02
SELECT 1
db> SELECT timetz '10:00+02' - timetz '09:00+02'
ERROR 42883: operator does not exist: time with time zone - time with time zone
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT timetz '25:00+02'
ERROR 22008: date/time field value out of range: "25:00+02"
db> SELECT timetz '10:00 Europe/Berlin'
ERROR 22007: invalid input syntax for type time with time zone: "10:00 Europe/Berlin"
db> SELECT timetz '2024-07-01 10:00 Europe/Berlin', timetz '10:00 Asia/Kolkata'
ERROR 22007: invalid input syntax for type time with time zone: "10:00 Asia/Kolkata"
db> SELECT timetz '10:00+02' AT TIME ZONE 'UTC', extract(hour FROM timetz '10:00+02'), (timetz '10:00+02', timetz '12:00+02') OVERLAPS (timetz '11:00+02', timetz '13:00+02')
timezone timetz | extract numeric | overlaps bool
08:00:00+00     | 10              | t
SELECT 1
db> SELECT pg_typeof(current_time), pg_typeof(localtime), pg_typeof(localtimestamp), pg_typeof(current_timestamp(3)), current_time(0)::time = localtime(0)
pg_typeof regtype   | pg_typeof regtype      | pg_typeof regtype           | pg_typeof regtype        | ?column? bool
time with time zone | time without time zone | timestamp without time zone | timestamp with time zone | t
SELECT 1
db> SELECT to_json(timetz '10:00+02'), array_agg(at ORDER BY id) FROM opening
to_json json  | array_agg timetz[]
"10:00:00+02" | {09:00:00+01,08:00:00+00,09:30:00+02,04:00:00-04}
SELECT 1
