-- Time of day.

db> SELECT time '10:30', time '10:30:15.5', '04:05 PM'::time, time '24:00'
time time | time time  | time time | time time
10:30:00  | 10:30:15.5 | 16:05:00  | 24:00:00
SELECT 1
db> SELECT '25:00'::time
ERROR 22008: date/time field value out of range: "25:00"
db> SELECT time '10:00' + interval '15 hours', time '10:00' - time '08:30', time '10:00' < '11:00', time '10:00'::interval
?column? time | ?column? interval | ?column? bool | interval interval
01:00:00      | 01:30:00          | t             | 10:00:00
SELECT 1
db> SELECT time '10:00' + time '01:00'
ERROR 42725: operator is not unique: time without time zone + time without time zone
HINT: Could not choose a best candidate operator. You might need to add explicit type casts.
db> SELECT timetz '10:00+02'
timetz timetz
10:00:00+02
SELECT 1
