-- DateStyle: the order of fields in input, and the form of output.

db> SHOW datestyle
DateStyle text
ISO, MDY
SHOW
db> SET datestyle = 'ISO, DMY'
SET
db> SHOW datestyle
DateStyle text
ISO, DMY
SHOW
db> SELECT date '05/06/2024', date '5-6-24', date '2024-06-05', date '29/02/2024'
date date  | date date  | date date  | date date
2024-06-05 | 2024-06-05 | 2024-06-05 | 2024-02-29
SELECT 1
db> SELECT date '02/29/2024'
ERROR 22008: date/time field value out of range: "02/29/2024"
HINT: Perhaps you need a different "datestyle" setting.
db> SET datestyle = 'ISO, YMD'
SET
db> SELECT date '24/06/05', date '99-01-08', date '2024-06-05'
date date  | date date  | date date
2024-06-05 | 1999-01-08 | 2024-06-05
SELECT 1
db> SELECT date '05/06/2024'
ERROR 22008: date/time field value out of range: "05/06/2024"
HINT: Perhaps you need a different "datestyle" setting.
db> SET datestyle = 'SQL, DMY'
SET
db> SELECT date '2024-06-05', timestamp '2024-06-05 12:30:15.25', timestamptz '2024-06-05 12:30+00', date 'infinity', date '2024-06-05 BC'
date date  | timestamp timestamp    | timestamptz timestamptz | date date | date date
05/06/2024 | 05/06/2024 12:30:15.25 | 05/06/2024 12:30:00 UTC | infinity  | 05/06/2024 BC
SELECT 1
db> SET datestyle = 'SQL, MDY'
SET
db> SELECT date '2024-06-05', timestamp '2024-06-05 12:30:15.25', timestamptz '2024-06-05 12:30+00'
date date  | timestamp timestamp    | timestamptz timestamptz
06/05/2024 | 06/05/2024 12:30:15.25 | 06/05/2024 12:30:00 UTC
SELECT 1
db> SET datestyle = 'Postgres, DMY'
SET
db> SELECT date '2024-06-05', timestamp '2024-06-05 12:30:15.25', timestamptz '2024-06-05 12:30+00', time '12:30:15.25', timestamp '2024-06-05 BC'
date date  | timestamp timestamp         | timestamptz timestamptz      | time time   | timestamp timestamp
05-06-2024 | Wed 05 Jun 12:30:15.25 2024 | Wed 05 Jun 12:30:00 2024 UTC | 12:30:15.25 | Sun 05 Jun 00:00:00 2024 BC
SELECT 1
db> SET datestyle TO postgres, mdy
SET
db> SELECT date '2024-06-05', timestamp '2024-06-05 12:30:15.25', timestamptz '2024-06-05 12:30+00', interval '1 day 2 hours'
date date  | timestamp timestamp         | timestamptz timestamptz      | interval interval
06-05-2024 | Wed Jun 05 12:30:15.25 2024 | Wed Jun 05 12:30:00 2024 UTC | 1 day 02:00:00
SELECT 1
db> SET TIME ZONE 'America/New_York'
SET
db> SELECT timestamptz '2024-06-05 12:30+00', timestamptz '2024-12-05 12:30+00'
timestamptz timestamptz      | timestamptz timestamptz
Wed Jun 05 08:30:00 2024 EDT | Thu Dec 05 07:30:00 2024 EST
SELECT 1
db> SET datestyle = German
SET
db> SHOW datestyle
DateStyle text
German, DMY
SHOW
db> SELECT date '2024-06-05', timestamp '2024-06-05 12:30:15.25', timestamptz '2024-06-05 12:30+00', date '05.06.2024'
date date  | timestamp timestamp    | timestamptz timestamptz | date date
05.06.2024 | 05.06.2024 12:30:15.25 | 05.06.2024 08:30:00 EDT | 05.06.2024
SELECT 1
db> SELECT to_json(date '2024-06-05'), to_json(timestamptz '2024-06-05 12:30+00'), (date '2024-06-05')::text
to_json json | to_json json                | text text
"2024-06-05" | "2024-06-05T08:30:00-04:00" | 05.06.2024
SELECT 1
db> SET datestyle = 'fancy'
ERROR 22023: invalid value for parameter "DateStyle": "fancy"
DETAIL: Unrecognized key word: "fancy".
db> SET datestyle = 'ISO, SQL'
ERROR 22023: invalid value for parameter "DateStyle": "ISO, SQL"
DETAIL: Conflicting "datestyle" specifications.
db> SET datestyle TO DEFAULT
SET
db> SHOW datestyle
DateStyle text
ISO, MDY
SHOW
db> RESET datestyle
RESET
db> SELECT date '01/02/2024'
date date
2024-01-02
SELECT 1
