-- Everything that reads as a date, time or timestamp, and what does not.

db> SELECT date '2024-02-29', date '20240229', date '240229', date 'Feb 29 2024', date '29 February 2024', date '29-Feb-2024', date 'Feb-29-2024', date '2024-Feb-29'
date date  | date date  | date date  | date date  | date date  | date date  | date date  | date date
2024-02-29 | 2024-02-29 | 2024-02-29 | 2024-02-29 | 2024-02-29 | 2024-02-29 | 2024-02-29 | 2024-02-29
SELECT 1
db> SELECT date '2/29/2024', date '02/29/24', date '2024.060', date 'J2460370', date '2024 Feb 29', date 'February 29, 2024', date 'Thu 29 Feb 2024', date '2024/02/29'
date date  | date date  | date date  | date date  | date date  | date date  | date date  | date date
2024-02-29 | 2024-02-29 | 2024-02-29 | 2024-02-29 | 2024-02-29 | 2024-02-29 | 2024-02-29 | 2024-02-29
SELECT 1
db> SELECT date '44-03-15 BC', date 'March 15, 44 BC', date '0044-03-15', date '0001-01-01', date '5874897-12-31', date '4714-11-24 BC'
ERROR 22008: date/time field value out of range: "44-03-15 BC"
HINT: Perhaps you need a different "datestyle" setting.
db> SELECT date 'epoch', date 'infinity', date '-infinity', date 'today' = current_date, date 'tomorrow' - date 'yesterday'
date date  | date date | date date | ?column? bool | ?column? int4
1970-01-01 | infinity  | -infinity | t             | 2
SELECT 1
db> SELECT date '2023-02-29'
ERROR 22008: date/time field value out of range: "2023-02-29"
db> SELECT date '2024-13-01'
ERROR 22008: date/time field value out of range: "2024-13-01"
HINT: Perhaps you need a different "datestyle" setting.
db> SELECT date '2024-00-10'
ERROR 22008: date/time field value out of range: "2024-00-10"
HINT: Perhaps you need a different "datestyle" setting.
db> SELECT date '29/02/2024'
ERROR 22008: date/time field value out of range: "29/02/2024"
HINT: Perhaps you need a different "datestyle" setting.
db> SELECT date '0000-01-01'
ERROR 22008: date/time field value out of range: "0000-01-01"
db> SELECT date 'Feb 30 2024'
ERROR 22008: date/time field value out of range: "Feb 30 2024"
db> SELECT date '2024-02'
ERROR 22007: invalid input syntax for type date: "2024-02"
db> SELECT date 'garbage'
ERROR 22007: invalid input syntax for type date: "garbage"
db> SELECT date ''
ERROR 22007: invalid input syntax for type date: ""
db> SELECT date '5874898-01-01'
ERROR 22008: date out of range: "5874898-01-01"
db> SELECT date '4714-11-23 BC'
ERROR 22008: date out of range: "4714-11-23 BC"
db> SELECT date '2024-02-29 12:00:00', date '2024-02-29T23:59:59Z', date '2024-02-29 24:00'
date date  | date date  | date date
2024-02-29 | 2024-02-29 | 2024-02-29
SELECT 1
db> SELECT time '04:05', time '04:05:06', time '04:05:06.789', time '040506', time '0405', time '04:05 AM', time '04:05 PM', time '12:00 AM', time '12:00 PM', time '24:00', time '23:59:60', time 'allballs'
time time | time time | time time    | time time | time time | time time | time time | time time | time time | time time | time time | time time
04:05:00  | 04:05:06  | 04:05:06.789 | 04:05:06  | 04:05:00  | 04:05:00  | 16:05:00  | 00:00:00  | 12:00:00  | 24:00:00  | 24:00:00  | 00:00:00
SELECT 1
db> SELECT time '04:05:06.1234567', time(2) '04:05:06.789', time(0) '23:59:59.9', time '04:05 UTC', time 'T040506', time '2024-01-01 04:05'
time time       | time time   | time time | time time | time time | time time
04:05:06.123457 | 04:05:06.79 | 24:00:00  | 04:05:00  | 04:05:06  | 04:05:00
SELECT 1
db> SELECT time '25:00'
ERROR 22008: date/time field value out of range: "25:00"
db> SELECT time '24:00:01'
ERROR 22008: date/time field value out of range: "24:00:01"
db> SELECT time '04:60'
ERROR 22008: date/time field value out of range: "04:60"
db> SELECT time '13:00 PM'
ERROR 22008: date/time field value out of range: "13:00 PM"
db> SELECT time 'noon'
ERROR 22007: invalid input syntax for type time: "noon"
db> SELECT timestamp '2024-02-29 04:05:06.789', timestamp '2024-02-29T04:05:06', timestamp '20240229T040506', timestamp '20240229 040506.5', timestamp 'Feb 29 04:05:06 2024', timestamp '2024-02-29', timestamp 'Thu Feb 29 04:05:06 2024 PST', timestamp '2024-02-29 4:5:6'
timestamp timestamp     | timestamp timestamp | timestamp timestamp | timestamp timestamp   | timestamp timestamp | timestamp timestamp | timestamp timestamp | timestamp timestamp
2024-02-29 04:05:06.789 | 2024-02-29 04:05:06 | 2024-02-29 04:05:06 | 2024-02-29 04:05:06.5 | 2024-02-29 04:05:06 | 2024-02-29 00:00:00 | 2024-02-29 04:05:06 | 2024-02-29 04:05:06
SELECT 1
db> SELECT timestamp '2024-02-29 23:59:59.9999999', timestamp(0) '2024-02-29 23:59:59.5', timestamp(3) '2024-02-29 23:59:59.99951', timestamp '2024-02-29 24:00:00', timestamp '2024-02-29 23:59:60'
timestamp timestamp | timestamp timestamp | timestamp timestamp | timestamp timestamp | timestamp timestamp
2024-03-01 00:00:00 | 2024-03-01 00:00:00 | 2024-03-01 00:00:00 | 2024-03-01 00:00:00 | 2024-03-01 00:00:00
SELECT 1
db> SELECT timestamp 'epoch', timestamp 'infinity', timestamp '-infinity', timestamp '4714-11-24 00:00:00 BC', timestamp '10000-01-01 00:00'
timestamp timestamp | timestamp timestamp | timestamp timestamp | timestamp timestamp    | timestamp timestamp
1970-01-01 00:00:00 | infinity            | -infinity           | 4714-11-24 00:00:00 BC | 10000-01-01 00:00:00
SELECT 1
db> SELECT timestamp '2024-02-29 25:00:00'
ERROR 22008: date/time field value out of range: "2024-02-29 25:00:00"
db> SELECT timestamp '2024-02-30 00:00:00'
ERROR 22008: date/time field value out of range: "2024-02-30 00:00:00"
db> SELECT timestamp '2024-02-29 04:05:06 nonsense'
ERROR 22007: invalid input syntax for type timestamp: "2024-02-29 04:05:06 nonsense"
db> SELECT timestamp '04:05:06'
ERROR 22007: invalid input syntax for type timestamp: "04:05:06"
db> SELECT timestamp '400000-01-01'
ERROR 22008: timestamp out of range: "400000-01-01"
db> SELECT timestamp '2024-02-29 12:00', timestamp '2024-02-29 12', timestamp '2024-02-29 12:00:00 AD'
ERROR 22007: invalid input syntax for type timestamp: "2024-02-29 12"
db> SELECT timestamptz '2024-02-29 04:05:06+02', timestamptz '2024-02-29 04:05:06-03:30', timestamptz '2024-02-29 04:05:06+0530', timestamptz '20240229T040506Z', timestamptz '2024-02-29 04:05:06 +02', timestamptz '2024-02-29 04:05:06 zulu', timestamptz '2024-02-29 04:05:06+02:03:04'
timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz | timestamptz timestamptz
2024-02-29 02:05:06+00  | 2024-02-29 07:35:06+00  | 2024-02-28 22:35:06+00  | 2024-02-29 04:05:06+00  | 2024-02-29 02:05:06+00  | 2024-02-29 04:05:06+00  | 2024-02-29 02:02:02+00
SELECT 1
db> SELECT '2024-02-29'::timestamptz, '2024-02-29 12:00 +1'::timestamptz, 'now'::timestamptz = now(), 'today'::timestamp = current_date::timestamp
timestamptz timestamptz | timestamptz timestamptz | ?column? bool | ?column? bool
2024-02-29 00:00:00+00  | 2024-02-29 11:00:00+00  | t             | t
SELECT 1
db> SELECT '2024-1-5'::date, '2024-1-5 3:04'::timestamp, '   2024-01-05   '::date, '2024-01-05 BC'::date, 'Jan 5 2024 03:04 PM'::timestamp
date date  | timestamp timestamp | date date  | date date     | timestamp timestamp
2024-01-05 | 2024-01-05 03:04:00 | 2024-01-05 | 2024-01-05 BC | 2024-01-05 15:04:00
SELECT 1
db> SELECT 'y2024m02d29'::date, '2024-02-29 04:05:06.789-8'::timestamptz, 'J2460370.5'::timestamp, '2024-060'::date
date date  | timestamptz timestamptz    | timestamp timestamp | date date
2024-02-29 | 2024-02-29 12:05:06.789+00 | 2024-02-29 12:00:00 | 2024-02-29
SELECT 1
