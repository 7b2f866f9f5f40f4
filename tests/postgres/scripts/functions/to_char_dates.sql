-- to_char of timestamps, to_date, to_timestamp.

db> SELECT to_char(timestamp '2024-03-05 14:07:09.123456', 'YYYY-MM-DD HH24:MI:SS.MS'), to_char(timestamp '2024-03-05 14:07:09', 'DD Mon YYYY HH12:MI AM'), to_char(timestamp '2024-03-05', 'FMDay, FMMonth FMDD'), to_char(timestamp '2024-03-05', 'Day|Month|D|DDD|IW|Q'), to_char(timestamp '2024-03-05 14:00', 'YY"y"MM"m"'), to_char(interval '25:30:00', 'HH24:MI')
to_char text            | to_char text         | to_char text     | to_char text                     | to_char text | to_char text
2024-03-05 14:07:09.123 | 05 Mar 2024 02:07 PM | Tuesday, March 5 | 'Tuesday  |March    |3|065|10|1' | 24y03m       | 25:30
SELECT 1
db> SELECT to_date('05.03.2024', 'DD.MM.YYYY'), to_timestamp('2024-03-05 14:07', 'YYYY-MM-DD HH24:MI'), to_timestamp(0), to_timestamp(1709647629.5)
to_date date | to_timestamp timestamptz | to_timestamp timestamptz | to_timestamp timestamptz
2024-03-05   | 2024-03-05 14:07:00+00   | 1970-01-01 00:00:00+00   | 2024-03-05 14:07:09.5+00
SELECT 1
db> SELECT to_date('xx', 'YYYY')
ERROR 22007: invalid value "xx" for "YYYY"
DETAIL: Value must be an integer.
db> SELECT to_date('2024-02-30', 'YYYY-MM-DD')
ERROR 22008: date/time field value out of range: "2024-02-30"
