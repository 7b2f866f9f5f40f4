-- What applications do with dates: days in a zone, renewals, ends of months, overlaps.

db> CREATE TABLE orders (id int PRIMARY KEY, at timestamptz NOT NULL, total numeric(10,2) NOT NULL)
CREATE TABLE
db> INSERT INTO orders VALUES (1, '2024-03-30 22:30+00', 10), (2, '2024-03-30 23:30+00', 20), (3, '2024-03-31 21:59+00', 30), (4, '2024-03-31 22:00+00', 40), (5, '2024-10-27 00:30+00', 50), (6, '2024-10-27 22:30+00', 60), (7, '2024-10-27 23:30+00', 70)
INSERT 0 7
db> SELECT (at AT TIME ZONE 'Europe/Berlin')::date AS day, count(*), sum(total) FROM orders GROUP BY 1 ORDER BY 1
day date   | count int8 | sum numeric
2024-03-30 | 1          | 10.00
2024-03-31 | 2          | 50.00
2024-04-01 | 1          | 40.00
2024-10-27 | 2          | 110.00
2024-10-28 | 1          | 70.00
SELECT 5
db> SELECT date_trunc('day', at, 'Europe/Berlin') AS day, sum(total) FROM orders GROUP BY 1 ORDER BY 1
day timestamptz        | sum numeric
2024-03-29 23:00:00+00 | 10.00
2024-03-30 23:00:00+00 | 50.00
2024-03-31 22:00:00+00 | 40.00
2024-10-26 22:00:00+00 | 110.00
2024-10-27 23:00:00+00 | 70.00
SELECT 5
db> SELECT to_char(at AT TIME ZONE 'Europe/Berlin', 'YYYY-MM') AS month, sum(total) FROM orders GROUP BY month ORDER BY month
month text | sum numeric
2024-03    | 60.00
2024-04    | 40.00
2024-10    | 180.00
SELECT 3
db> SELECT id FROM orders WHERE at >= timestamp '2024-03-31' AT TIME ZONE 'Europe/Berlin' AND at < timestamp '2024-04-01' AT TIME ZONE 'Europe/Berlin' ORDER BY id
id int4
2
3
SELECT 2
db> SELECT id FROM orders WHERE at BETWEEN '2024-10-27' AND '2024-10-27 23:59:59.999999' ORDER BY id
id int4
5
6
7
SELECT 3
db> SELECT d::date AS day, coalesce(sum(total), 0) AS total FROM generate_series('2024-03-29'::date, '2024-04-01'::date, '1 day') AS d LEFT JOIN orders ON (at AT TIME ZONE 'Europe/Berlin')::date = d::date GROUP BY d ORDER BY d
day date   | total numeric
2024-03-29 | 0
2024-03-30 | 10.00
2024-03-31 | 50.00
2024-04-01 | 40.00
SELECT 4
db> CREATE TABLE subscriptions (id int PRIMARY KEY, starts date NOT NULL, every interval NOT NULL, until date)
CREATE TABLE
db> INSERT INTO subscriptions VALUES (1, '2024-01-31', '1 month', NULL), (2, '2024-02-29', '1 year', '2026-02-28'), (3, '2024-08-31', '3 months', '2024-12-31'), (4, '2024-12-15', '2 weeks', '2025-02-01')
INSERT 0 4
db> SELECT id, (starts + every)::date AS second, (starts + 2 * every)::date AS third, ((starts + every) + every)::date AS third_by_steps FROM subscriptions ORDER BY id
id int4 | second date | third date | third_by_steps date
1       | 2024-02-29  | 2024-03-31 | 2024-03-29
2       | 2025-02-28  | 2026-02-28 | 2026-02-28
3       | 2024-11-30  | 2025-02-28 | 2025-02-28
4       | 2024-12-29  | 2025-01-12 | 2025-01-12
SELECT 4
db> SELECT id, n, (starts + n * every)::date AS due FROM subscriptions, generate_series(0, 3) AS n WHERE starts + n * every <= coalesce(until, 'infinity') ORDER BY id, n
id int4 | n int4 | due date
1       | 0      | 2024-01-31
1       | 1      | 2024-02-29
1       | 2      | 2024-03-31
1       | 3      | 2024-04-30
2       | 0      | 2024-02-29
2       | 1      | 2025-02-28
2       | 2      | 2026-02-28
3       | 0      | 2024-08-31
3       | 1      | 2024-11-30
4       | 0      | 2024-12-15
4       | 1      | 2024-12-29
4       | 2      | 2025-01-12
4       | 3      | 2025-01-26
SELECT 13
db> SELECT id, every, every::text AS written, extract(epoch FROM every) FROM subscriptions ORDER BY every, id
id int4 | every interval | written text | extract numeric
4       | 14 days        | 14 days      | 1209600.000000
1       | 1 mon          | 1 mon        | 2592000.000000
3       | 3 mons         | 3 mons       | 7776000.000000
2       | 1 year         | 1 year       | 31557600.000000
SELECT 4
db> SELECT (date_trunc('month', d) + interval '1 month - 1 day')::date AS last_day, extract(day FROM date_trunc('month', d) + interval '1 month' - interval '1 day') AS days FROM (VALUES (date '2024-02-10'), (date '2023-02-10'), (date '2024-12-31')) AS v (d)
last_day date | days numeric
2024-02-29    | 29
2023-02-28    | 28
2024-12-31    | 31
SELECT 3
db> SELECT age(date '2024-02-29', date '2000-02-29'), extract(year FROM age(date '2024-02-28', date '2000-02-29')), date_part('year', age(timestamp '2024-05-01', timestamp '1990-05-02')), date '2024-05-01' - date '1990-05-02'
age interval | extract numeric | date_part float8 | ?column? int4
24 years     | 23              | 33               | 12418
SELECT 1
db> SELECT (date '2024-01-01', date '2024-01-31') OVERLAPS (date '2024-01-31', date '2024-02-10'), (date '2024-01-01', interval '31 days') OVERLAPS (date '2024-01-31', date '2024-02-10'), (timestamp '2024-01-01', timestamp '2024-01-02') OVERLAPS (timestamp '2024-01-02', interval '1 hour'), (time '10:00', time '12:00') OVERLAPS (time '11:59', time '13:00'), (date '2024-01-01', NULL) OVERLAPS (date '2024-01-01', date '2024-01-02')
overlaps bool | overlaps bool | overlaps bool | overlaps bool | overlaps bool
f             | t             | f             | t             | NULL
SELECT 1
db> SELECT generate_series(date '2024-01-30', date '2024-03-31', '1 month')::date
generate_series date
2024-01-30
2024-02-29
2024-03-29
SELECT 3
db> SELECT * FROM generate_series(timestamp '2024-01-01 22:00', timestamp '2024-01-02 02:00', '2 hours') AS t
t timestamp
2024-01-01 22:00:00
2024-01-02 00:00:00
2024-01-02 02:00:00
SELECT 3
db> SELECT * FROM generate_series(timestamp '2024-01-03', timestamp '2024-01-01', '-1 day') AS t
t timestamp
2024-01-03 00:00:00
2024-01-02 00:00:00
2024-01-01 00:00:00
SELECT 3
db> SELECT * FROM generate_series(timestamp '2024-01-03', timestamp '2024-01-05', '0 days') AS t
ERROR 22023: step size cannot equal zero
db> SELECT make_date(2024, 2, 29), make_time(8, 15, 23.5), make_timestamp(2024, 2, 29, 8, 15, 23.5), make_date(year => 2024, month => 2, day => 1), make_date(-44, 3, 15)
make_date date | make_time time | make_timestamp timestamp | make_date date | make_date date
2024-02-29     | 08:15:23.5     | 2024-02-29 08:15:23.5    | 2024-02-01     | 0044-03-15 BC
SELECT 1
db> SELECT make_date(2023, 2, 29)
ERROR 22008: date field value out of range: 2023-02-29
db> SELECT make_time(25, 0, 0)
ERROR 22008: time field value out of range: 25:00:00
db> SELECT make_timestamp(2024, 13, 1, 0, 0, 0)
ERROR 22008: date field value out of range: 2024-13-01
db> SELECT min(at), max(at), max(at) - min(at), count(DISTINCT at::date) FROM orders
min timestamptz        | max timestamptz        | ?column? interval | count int8
2024-03-30 22:30:00+00 | 2024-10-27 23:30:00+00 | 211 days 01:00:00 | 3
SELECT 1
db> UPDATE orders SET at = at + interval '1 day' WHERE id = 2 RETURNING at
at timestamptz
2024-03-31 23:30:00+00
UPDATE 1
db> SELECT lag(at) OVER (ORDER BY at) AS before, at - lag(at) OVER (ORDER BY at) AS gap FROM orders ORDER BY at
before timestamptz     | gap interval
NULL                   | NULL
2024-03-30 22:30:00+00 | 23:29:00
2024-03-31 21:59:00+00 | 00:01:00
2024-03-31 22:00:00+00 | 01:30:00
2024-03-31 23:30:00+00 | 209 days 01:00:00
2024-10-27 00:30:00+00 | 22:00:00
2024-10-27 22:30:00+00 | 01:00:00
SELECT 7
db> SELECT CASE WHEN extract(isodow FROM at) IN (6, 7) THEN 'weekend' ELSE 'weekday' END AS kind, count(*) FROM orders GROUP BY kind ORDER BY kind
kind text | count int8
weekend   | 7
SELECT 1
db> SELECT now() = transaction_timestamp(), clock_timestamp() >= now(), statement_timestamp() >= now(), current_date = now()::date, localtimestamp = now()::timestamp, pg_typeof(timeofday())
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | pg_typeof regtype
t             | t             | t             | t             | t             | text
SELECT 1
db> SELECT setseed(0.5)
setseed void
''
SELECT 1
db> SELECT random() AS a, random() AS b
a float8           | b float8
0.9851677175347999 | 0.825301858027981
SELECT 1
db> SELECT setseed(0.5), random()
setseed void | random float8
''           | 0.9851677175347999
SELECT 1
db> SELECT setseed(2)
ERROR 22023: setseed parameter 2 is out of allowed range [-1,1]
