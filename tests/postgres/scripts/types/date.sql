-- Dates: input, arithmetic, limits.

db> SELECT date '2024-02-29', '2024-1-5'::date, '20240105'::date, 'January 8, 1999'::date, 'epoch'::date, 'infinity'::date
date date  | date date  | date date  | date date  | date date  | date date
2024-02-29 | 2024-01-05 | 2024-01-05 | 1999-01-08 | 1970-01-01 | infinity
SELECT 1
db> SELECT date '2024-02-28' + 2, date '2024-03-01' - 1, date '2024-03-01' - date '2024-02-01', date '2024-01-31' + interval '1 month'
?column? date | ?column? date | ?column? int4 | ?column? timestamp
2024-03-01    | 2024-02-29    | 29            | 2024-02-29 00:00:00
SELECT 1
db> SELECT '2023-02-29'::date
ERROR 22008: date/time field value out of range: "2023-02-29"
db> SELECT '2024-13-01'::date
ERROR 22008: date/time field value out of range: "2024-13-01"
HINT: Perhaps you need a different "datestyle" setting.
db> SELECT 'abc'::date
ERROR 22007: invalid input syntax for type date: "abc"
db> SELECT ''::date
ERROR 22007: invalid input syntax for type date: ""
db> SELECT '01/02/2024'::date, '0044-03-15 BC'::date
date date  | date date
2024-01-02 | 0044-03-15 BC
SELECT 1
db> SELECT date '2024-01-01' < '2024-01-02', date '2024-01-01' = timestamp '2024-01-01', date '2024-01-01' + time '10:00'
?column? bool | ?column? bool | ?column? timestamp
t             | t             | 2024-01-01 10:00:00
SELECT 1
db> SELECT make_date(2024, 2, 29), date '2024-01-01'::text, date '2024-01-01'::timestamp
make_date date | text text  | timestamp timestamp
2024-02-29     | 2024-01-01 | 2024-01-01 00:00:00
SELECT 1
db> SELECT make_date(2024, 2, 30)
ERROR 22008: date field value out of range: 2024-02-30
db> SELECT date '2024-01-01' + date '2024-01-01'
ERROR 42883: operator does not exist: date + date
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
