-- lag, lead, first_value, last_value, nth_value.

db> SELECT i, lag(i) OVER w, lead(i, 2) OVER w, lag(i, 1, 0) OVER w, first_value(i) OVER w, last_value(i) OVER w, nth_value(i, 2) OVER w
    FROM generate_series(1, 4) i WINDOW w AS (ORDER BY i)
i int4 | lag int4 | lead int4 | lag int4 | first_value int4 | last_value int4 | nth_value int4
1      | NULL     | 3         | 0        | 1                | 1               | NULL
2      | 1        | 4         | 1        | 1                | 2               | 2
3      | 2        | NULL      | 2        | 1                | 3               | 2
4      | 3        | NULL      | 3        | 1                | 4               | 2
SELECT 4
db> SELECT i, last_value(i) OVER (ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM generate_series(1, 3) i
i int4 | last_value int4
1      | 3
2      | 3
3      | 3
SELECT 3
