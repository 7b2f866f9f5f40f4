-- AT TIME ZONE and timezone(): names, abbreviations, offsets, intervals; gaps and overlaps.

db> SELECT timestamptz '2024-07-01 12:00+00' AT TIME ZONE 'Europe/Berlin', timestamptz '2024-01-01 12:00+00' AT TIME ZONE 'Europe/Berlin', timestamp '2024-07-01 12:00' AT TIME ZONE 'Europe/Berlin'
timezone timestamp  | timezone timestamp  | timezone timestamptz
2024-07-01 14:00:00 | 2024-01-01 13:00:00 | 2024-07-01 10:00:00+00
SELECT 1
db> SELECT timestamp '2024-03-31 02:30' AT TIME ZONE 'Europe/Berlin', timestamp '2024-10-27 02:30' AT TIME ZONE 'Europe/Berlin', timestamp '2024-03-10 02:30' AT TIME ZONE 'America/New_York', timestamp '2024-11-03 01:30' AT TIME ZONE 'America/New_York'
timezone timestamptz   | timezone timestamptz   | timezone timestamptz   | timezone timestamptz
2024-03-31 01:30:00+00 | 2024-10-27 01:30:00+00 | 2024-03-10 07:30:00+00 | 2024-11-03 06:30:00+00
SELECT 1
db> SELECT timestamptz '2024-07-01 12:00+00' AT TIME ZONE 'EST', timestamptz '2024-07-01 12:00+00' AT TIME ZONE 'EDT', timestamptz '2024-07-01 12:00+00' AT TIME ZONE 'cest', timestamptz '2024-07-01 12:00+00' AT TIME ZONE 'MSK', timestamptz '2012-07-01 12:00+00' AT TIME ZONE 'MSK'
timezone timestamp  | timezone timestamp  | timezone timestamp  | timezone timestamp  | timezone timestamp
2024-07-01 07:00:00 | 2024-07-01 08:00:00 | 2024-07-01 14:00:00 | 2024-07-01 15:00:00 | 2012-07-01 16:00:00
SELECT 1
db> SELECT timestamptz '2024-07-01 12:00+00' AT TIME ZONE INTERVAL '-05:00', timestamptz '2024-07-01 12:00+00' AT TIME ZONE '+02', timestamptz '2024-07-01 12:00+00' AT TIME ZONE '-03:30', timestamptz '2024-07-01 12:00+00' AT TIME ZONE 'UTC+3'
timezone timestamp  | timezone timestamp  | timezone timestamp  | timezone timestamp
2024-07-01 07:00:00 | 2024-07-01 10:00:00 | 2024-07-01 15:30:00 | 2024-07-01 09:00:00
SELECT 1
db> SELECT timestamptz '2024-07-01 12:00+00' AT TIME ZONE 'europe/BERLIN', timezone('Asia/Tokyo', timestamptz '2024-07-01 12:00+00'), timezone(interval '9 hours', timestamp '2024-07-01 12:00')
timezone timestamp  | timezone timestamp  | timezone timestamptz
2024-07-01 14:00:00 | 2024-07-01 21:00:00 | 2024-07-01 03:00:00+00
SELECT 1
db> SELECT timestamptz '2024-07-01 12:00+00' AT TIME ZONE 'Mars/Olympus'
ERROR 22023: time zone "Mars/Olympus" not recognized
db> SELECT timestamptz '2024-07-01 12:00+00' AT TIME ZONE INTERVAL '1 day'
ERROR 22023: interval time zone "1 day" must not include months or days
db> SELECT timestamptz '2024-07-01 12:00+00' AT TIME ZONE INTERVAL '1 month 2 days'
ERROR 22023: interval time zone "1 mon 2 days" must not include months or days
db> SELECT timestamptz 'infinity' AT TIME ZONE 'Europe/Berlin', timestamp '-infinity' AT TIME ZONE 'UTC', NULL::timestamptz AT TIME ZONE 'UTC'
timezone timestamp | timezone timestamptz | timezone timestamp
infinity           | -infinity            | NULL
SELECT 1
db> SELECT time with time zone '12:00+02' AT TIME ZONE 'UTC', time with time zone '23:00-05' AT TIME ZONE interval '2 hours'
timezone timetz | timezone timetz
10:00:00+00     | 06:00:00+02
SELECT 1
db> SELECT date_trunc('day', timestamptz '2024-07-01 03:00+00', 'America/New_York'), date_trunc('day', timestamptz '2024-07-01 03:00+00', 'EST'), date_trunc('week', timestamptz '2024-03-31 23:00+00', 'Europe/Berlin')
date_trunc timestamptz | date_trunc timestamptz | date_trunc timestamptz
2024-06-30 04:00:00+00 | 2024-06-30 05:00:00+00 | 2024-03-31 22:00:00+00
SELECT 1
db> SELECT date_trunc('day', timestamptz '2024-07-01 03:00+00', 'Nowhere')
ERROR 22023: time zone "Nowhere" not recognized
db> SELECT (timestamptz '2024-07-01 03:00+00' AT TIME ZONE 'America/New_York')::date AS day, timestamp '2024-07-01 00:00' AT TIME ZONE 'Europe/Berlin' AT TIME ZONE 'America/New_York' AS there
day date   | there timestamp
2024-06-30 | 2024-06-30 18:00:00
SELECT 1
db> SELECT timestamptz '2024-07-01 12:00 Europe/Berlin', timestamptz '2024-07-01 12:00 America/New_York', timestamptz '2024-07-01 12:00 EST', timestamptz '2024-07-01 12:00 PDT', timestamptz 'Mon Jul 01 12:00:00 2024 MSK'
timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz
2024-07-01 10:00:00+00  | 2024-07-01 16:00:00+00  | 2024-07-01 17:00:00+00  | 2024-07-01 19:00:00+00  | 2024-07-01 09:00:00+00
SELECT 1
db> SELECT timestamptz '2024-07-01 12:00 Nowhere/City'
ERROR 22023: time zone "nowhere/city" not recognized
db> SELECT timestamp '2024-07-01 12:00 Europe/Berlin', date '2024-07-01 12:00 Europe/Berlin'
timestamp timestamp | date date
2024-07-01 12:00:00 | 2024-07-01
SELECT 1
db> SELECT timestamptz '2024-07-01 12:00+15:59', timestamptz '2024-07-01 12:00+16'
ERROR 22009: time zone displacement out of range: "2024-07-01 12:00+16"
db> SELECT make_timestamptz(2024, 7, 1, 12, 0, 0, 'Europe/Berlin'), make_timestamptz(2024, 7, 1, 12, 0, 0, '+02'), make_timestamptz(2024, 7, 1, 12, 0, 0, 'EST'), make_timestamptz(2024, 7, 1, 12, 0, 0)
make_timestamptz timestamptz | make_timestamptz timestamptz | make_timestamptz timestamptz | make_timestamptz timestamptz
2024-07-01 10:00:00+00       | 2024-07-01 10:00:00+00       | 2024-07-01 17:00:00+00       | 2024-07-01 12:00:00+00
SELECT 1
db> SELECT make_timestamptz(2024, 7, 1, 12, 0, 0, '02')
ERROR 22023: invalid input syntax for type numeric time zone: "02"
HINT: Numeric time zones must have "-" or "+" as first character.
db> SELECT make_timestamptz(2024, 7, 1, 12, 0, 0, '+17')
ERROR 22023: numeric time zone "+17" out of range
