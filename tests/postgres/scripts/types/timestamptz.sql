-- With a zone: kept as UTC, shown in the session's zone.

db> SELECT timestamptz '2024-01-02 03:04:05+02', timestamptz '2024-07-01 12:00 Europe/Berlin', timestamptz '2024-01-02 03:04:05'
timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz
2024-01-02 01:04:05+00  | 2024-07-01 10:00:00+00  | 2024-01-02 03:04:05+00
SELECT 1
db> SELECT timestamptz '2024-07-01 12:00+00' AT TIME ZONE 'Europe/Berlin', timestamp '2024-07-01 12:00' AT TIME ZONE 'Europe/Berlin', timestamptz '2024-01-01 00:00+00' AT TIME ZONE '+03'
timezone timestamp  | timezone timestamptz   | timezone timestamp
2024-07-01 14:00:00 | 2024-07-01 10:00:00+00 | 2023-12-31 21:00:00
SELECT 1
db> SET TIME ZONE 'Europe/Berlin'
SET
db> SELECT timestamptz '2024-07-01 12:00+00', timestamptz '2024-01-01 12:00+00', timestamp '2024-07-01 12:00'::timestamptz
timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz
2024-07-01 14:00:00+02  | 2024-01-01 13:00:00+01  | 2024-07-01 12:00:00+02
SELECT 1
db> SELECT timestamptz '2024-03-30 12:00' + interval '1 day', timestamptz '2024-03-30 12:00' + interval '24 hours'
?column? timestamptz   | ?column? timestamptz
2024-03-31 12:00:00+02 | 2024-03-31 13:00:00+02
SELECT 1
db> SET TIME ZONE 'Nowhere/Land'
ERROR 22023: invalid value for parameter "TimeZone": "Nowhere/Land"
db> SET TIME ZONE 'UTC'
SET
db> SELECT timestamptz '2024-07-01 12:00 Nowhere/Land'
ERROR 22023: time zone "nowhere/land" not recognized
db> SELECT timestamptz '2024-01-01' = timestamp '2024-01-01', timestamptz '2024-01-02' - timestamptz '2024-01-01'
?column? bool | ?column? interval
t             | 1 day
SELECT 1
