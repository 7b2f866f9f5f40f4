-- A series of dates.

db> SELECT * FROM generate_series(timestamp '2024-01-30', timestamp '2024-02-02', interval '1 day')
generate_series timestamp
2024-01-30 00:00:00
2024-01-31 00:00:00
2024-02-01 00:00:00
2024-02-02 00:00:00
SELECT 4
db> SELECT d::date FROM generate_series(date '2024-01-31', date '2024-03-31', interval '1 month') d
d date
2024-01-31
2024-02-29
2024-03-29
SELECT 3
db> SELECT * FROM generate_series(timestamp '2024-01-01', timestamp '2024-01-02', interval '0')
ERROR 22023: step size cannot equal zero
db> SELECT * FROM generate_series(1.0, 2.0, 0.5)
generate_series numeric
1.0
1.5
2.0
SELECT 3
