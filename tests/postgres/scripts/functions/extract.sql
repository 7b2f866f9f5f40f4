-- extract and date_part, for each kind.

db> SELECT extract(year FROM timestamp '2024-03-05 14:07:09.5'), extract(month FROM date '2024-03-05'), extract(day FROM date '2024-03-05'), extract(hour FROM timestamp '2024-03-05 14:07:09.5'), extract(second FROM timestamp '2024-03-05 14:07:09.5'), extract(dow FROM date '2024-03-05'), extract(isodow FROM date '2024-03-10'), extract(doy FROM date '2024-03-05'), extract(week FROM date '2024-03-05'), extract(quarter FROM date '2024-03-05')
extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric | extract numeric
2024            | 3               | 5               | 14              | 9.500000        | 2               | 7               | 65              | 10              | 1
SELECT 1
db> SELECT extract(epoch FROM timestamptz '2024-01-01 00:00+00'), extract(epoch FROM timestamp '1970-01-02'), extract(milliseconds FROM time '00:00:01.5'), date_part('year', date '2024-01-01'), extract(days FROM interval '3 days 25 hours'), extract(hour FROM interval '3 days 25 hours'), extract(century FROM date '2024-01-01'), extract(isoyear FROM date '2024-12-30')
extract numeric   | extract numeric | extract numeric | date_part float8 | extract numeric | extract numeric | extract numeric | extract numeric
1704067200.000000 | 86400.000000    | 1500.000        | 2024             | 3               | 25              | 21              | 2025
SELECT 1
db> SELECT extract(nonsense FROM date '2024-01-01')
ERROR 22023: unit "nonsense" not recognized for type date
db> SELECT extract(hour FROM date '2024-01-01')
ERROR 0A000: unit "hour" not supported for type date
