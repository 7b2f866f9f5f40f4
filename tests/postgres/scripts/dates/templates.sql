-- to_char of dates and times: every pattern and modifier.

db> SELECT to_char(timestamp '2024-02-09 15:04:05.678901', 'YYYY-MM-DD HH24:MI:SS.US'), to_char(timestamp '2024-02-09 15:04:05.678901', 'YYY YY Y Y,YYY CC Q WW W IW D ID DDD IDDD J'), to_char(timestamp '2024-02-09 15:04:05.678901', 'HH HH12 AM am A.M. p.m. MS FF1 FF2 FF3 FF4 FF5 FF6 SSSS SSSSS')
to_char text               | to_char text                                    | to_char text
2024-02-09 15:04:05.678901 | 024 24 4 2,024 21 1 06 2 06 6 5 040 040 2460350 | 03 03 PM pm P.M. p.m. 678 6 67 678 6789 67890 678901 54245 54245
SELECT 1
db> SELECT to_char(date '2024-02-09', 'Day, DD Month YYYY'), to_char(date '2024-02-09', 'FMDay, FMDD FMMonth YYYY'), to_char(date '2024-02-09', 'DAY DY Dy dy MONTH MON Mon mon day month RM rm FMRM'), to_char(date '2024-02-09', 'TMDay TMMonth TMMon'), to_char(date '0044-03-15 BC', 'YYYY BC B.C. ad')
to_char text                 | to_char text            | to_char text                                     | to_char text        | to_char text
Friday   , 09 February  2024 | Friday, 9 February 2024 | FRIDAY    FRI Fri fri FEBRUARY  FEB Feb feb friday    february  II   ii   II | Friday February Feb | 0044 BC B.C. bc
SELECT 1
db> SELECT to_char(date '2024-02-01', 'DDth'), to_char(date '2024-02-02', 'DDTH'), to_char(date '2024-02-03', 'FMDDth'), to_char(date '2024-02-11', 'FMDDth'), to_char(date '2024-02-22', 'DDth Mon'), to_char(date '2024-02-23', 'DDDth')
to_char text | to_char text | to_char text | to_char text | to_char text | to_char text
01st         | 02ND         | 3rd          | 11th         | 22nd Feb     | 054th
SELECT 1
db> SELECT to_char(date '2021-01-03', 'IYYY-IW-ID IYY IY I'), to_char(date '2024-12-30', 'IYYY"W"IW'), to_char(date '2024-02-09', '"Quarter "Q "of" YYYY'), to_char(date '2024-02-09', 'YYYY\"MM'), to_char(date '2024-02-09', 'FXYYYY-MM')
to_char text       | to_char text | to_char text      | to_char text | to_char text
2020-53-7 020 20 0 | 2025W01      | Quarter 1 of 2024 | 2024"02      | 2024-02
SELECT 1
db> SELECT to_char(timestamp '2024-02-09 00:04:05', 'HH12:MI:SS AM'), to_char(timestamp '2024-02-09 12:04:05', 'HH12:MI:SS PM'), to_char(timestamp '2024-02-09 09:04:05', 'FMHH24:FMMI:FMSS'), to_char(timestamp '2024-02-09 09:04:05', 'hh24:mi:ss'), to_char(timestamp '2024-02-09', 'yyyy-mm-dd Mm')
to_char text | to_char text | to_char text | to_char text | to_char text
12:04:05 AM  | 12:04:05 PM  | 9:4:5        | 09:04:05     | 2024-02-09 Mm
SELECT 1
db> SELECT to_char(interval '15 hours 2 minutes 12.5 seconds', 'HH24:MI:SS.MS'), to_char(interval '1 year 2 months 3 days 40 hours', 'YYYY MM DD HH24 HH12'), to_char(interval '-1 day -2 hours', 'DD HH24:MI'), to_char(interval '36 hours', 'HH12 HH24 DDD'), to_char(time '15:04:05', 'HH12:MI AM')
to_char text | to_char text     | to_char text | to_char text | to_char text
15:02:12.500 | 0001 02 03 40 04 | -1 -02:00    | 12 36 000    | 03:04 PM
SELECT 1
db> SELECT to_char(interval '1 day', 'Day')
ERROR 22007: invalid format specification for an interval value
HINT: Intervals are not tied to specific calendar dates.
db> SELECT to_char(timestamp 'infinity', 'YYYY'), to_char(timestamp '2024-01-01', ''), to_char(NULL::timestamp, 'YYYY'), to_char(timestamp '2024-01-01', 'no pattern here?')
to_char text | to_char text | to_char text | to_char text
NULL         | NULL         | NULL         | no pattern here?
SELECT 1
db> SELECT to_char(timestamptz '2024-02-09 15:04:05+00', 'YYYY-MM-DD"T"HH24:MI:SSOF'), to_char(timestamptz '2024-02-09 15:04:05+00', 'TZ tz TZH:TZM'), to_char(timestamp '2024-02-09 15:04:05', 'TZ OF')
to_char text           | to_char text   | to_char text
2024-02-09T15:04:05+00 | UTC utc +00:00 | ' +00'
SELECT 1
db> SELECT to_date('05 Dec 2000', 'DD Mon YYYY'), to_date('2024-060', 'YYYY-DDD'), to_date('20240209', 'YYYYMMDD'), to_date('9/2/24', 'DD/MM/YY'), to_date('2024 6 5', 'YYYY IW ID') IS NULL
ERROR 22007: invalid combination of date conventions
HINT: Do not mix Gregorian and ISO week date conventions in a formatting template.
db> SELECT to_date('2024-06-5', 'IYYY-IW-ID'), to_date('2460370', 'J'), to_date('February 2024', 'Month YYYY'), to_date('24', 'YY'), to_date('99', 'YY'), to_date('2024', 'YYYY'), to_date('1,999', 'Y,YYY'), to_date('XII 2024', 'RM YYYY'), to_date('44 BC', 'YYYY BC')
to_date date | to_date date | to_date date | to_date date | to_date date | to_date date | to_date date | to_date date | to_date date
2024-02-09   | 2024-02-29   | 2024-02-01   | 2024-01-01   | 1999-01-01   | 2024-01-01   | 1999-01-01   | 2024-12-01   | 0044-01-01 BC
SELECT 1
db> SELECT to_timestamp('2024-02-09 15:04:05.678', 'YYYY-MM-DD HH24:MI:SS.MS'), to_timestamp('09 Feb 2024 03:04 PM', 'DD Mon YYYY HH12:MI PM'), to_timestamp('2024-02-09 15:04:05+02', 'YYYY-MM-DD HH24:MI:SSTZH'), to_timestamp('2024-02-09 15:04:05 -03:30', 'YYYY-MM-DD HH24:MI:SS TZH:TZM'), to_timestamp('54321 2024-02-09', 'SSSSS YYYY-MM-DD')
to_timestamp timestamptz   | to_timestamp timestamptz | to_timestamp timestamptz | to_timestamp timestamptz | to_timestamp timestamptz
2024-02-09 15:04:05.678+00 | 2024-02-09 15:04:00+00   | 2024-02-09 13:04:05+00   | 2024-02-09 18:34:05+00   | 2024-02-09 15:05:21+00
SELECT 1
db> SELECT to_date('2024-13-01', 'YYYY-MM-DD')
ERROR 22008: date/time field value out of range: "2024-13-01"
db> SELECT to_date('2023-02-29', 'YYYY-MM-DD')
ERROR 22008: date/time field value out of range: "2023-02-29"
db> SELECT to_date('2024-Foo-01', 'YYYY-Mon-DD')
ERROR 22007: invalid value "Foo-01" for "Mon"
DETAIL: The given value did not match any of the allowed values for this field.
db> SELECT to_date('abcd', 'YYYY')
ERROR 22007: invalid value "abcd" for "YYYY"
DETAIL: Value must be an integer.
db> SELECT to_date('2024 2024-01-01', 'IYYY YYYY-MM-DD')
ERROR 22007: invalid combination of date conventions
HINT: Do not mix Gregorian and ISO week date conventions in a formatting template.
db> SELECT to_timestamp('25:00', 'HH24:MI')
ERROR 22008: date/time field value out of range: "25:00"
db> SELECT to_timestamp('13:00 PM', 'HH12:MI PM')
ERROR 22007: hour "13" is invalid for the 12-hour clock
HINT: Use the 24-hour clock, or give an hour between 1 and 12.
db> SELECT to_timestamp('2024-02-09 EST', 'YYYY-MM-DD TZ')
ERROR 0A000: formatting field "TZ" is only supported in to_char
db> SELECT to_date('01 02', 'MM MM')
ERROR 22007: conflicting values for "MM" field in formatting string
DETAIL: This value contradicts a previous setting for the same field type.
db> SELECT to_date('', 'YYYY-MM-DD'), to_date('2024-02-09', ''), to_date(NULL, 'YYYY')
to_date date  | to_date date  | to_date date
0001-01-01 BC | 0001-01-01 BC | NULL
SELECT 1
db> SELECT to_timestamp(0), to_timestamp(1707491045.678), to_timestamp(-1.5), to_timestamp('infinity'::float8), to_timestamp(1e20::float8)
ERROR 22008: timestamp out of range: "1e+20"
