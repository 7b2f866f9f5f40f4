-- Timestamps without a zone: output of fractions, input with a zone is cut.

db> SELECT timestamp '2024-01-02 03:04:05', timestamp '2024-01-02 03:04:05.120', timestamp '2024-01-02', timestamp '2024-01-02T03:04:05Z', timestamp '2024-01-02 03:04:05.1234567'
timestamp timestamp | timestamp timestamp    | timestamp timestamp | timestamp timestamp | timestamp timestamp
2024-01-02 03:04:05 | 2024-01-02 03:04:05.12 | 2024-01-02 00:00:00 | 2024-01-02 03:04:05 | 2024-01-02 03:04:05.123457
SELECT 1
db> SELECT '2024-01-02 25:00'::timestamp
ERROR 22008: date/time field value out of range: "2024-01-02 25:00"
db> SELECT '2024-01-02 24:00'::timestamp, 'infinity'::timestamp, '2024-01-02 03:04 PM'::timestamp
timestamp timestamp | timestamp timestamp | timestamp timestamp
2024-01-03 00:00:00 | infinity            | 2024-01-02 15:04:00
SELECT 1
db> SELECT timestamp '2024-03-01' - timestamp '2024-02-01', timestamp '2024-03-01 12:00' - timestamp '2024-02-29 13:00', timestamp '2024-01-31' + interval '1 month 1 day 1 hour'
?column? interval | ?column? interval | ?column? timestamp
29 days           | 23:00:00          | 2024-03-01 01:00:00
SELECT 1
db> SELECT timestamp '2024-01-02 03:04:05.6'::timestamp(0), timestamp '2024-01-02 03:04:05'::date, timestamp '2024-01-02 03:04:05'::time
timestamp timestamp | date date  | time time
2024-01-02 03:04:06 | 2024-01-02 | 03:04:05
SELECT 1
db> SELECT timestamp '2024-01-01' + 1
ERROR 42883: operator does not exist: timestamp without time zone + integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT 'abc'::timestamp
ERROR 22007: invalid input syntax for type timestamp: "abc"
