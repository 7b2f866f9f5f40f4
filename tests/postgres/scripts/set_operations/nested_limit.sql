-- Parentheses for ORDER BY and LIMIT of one side.

db> (SELECT i FROM generate_series(1, 3) i ORDER BY i DESC LIMIT 1) UNION ALL (SELECT 10) ORDER BY 1
i int4
3
10
SELECT 2
db> SELECT 1 LIMIT 1 UNION SELECT 2
ERROR 42601: syntax error at or near "UNION"
db> SELECT i FROM generate_series(1, 2) i UNION ALL SELECT i FROM generate_series(1, 2) i LIMIT 3
i int4
1
2
1
SELECT 3
