-- Overloads are resolved with the parameter as unknown.

db> SELECT length($1), abs($2), coalesce($3, 5), upper($1)
with 'abc', -5, NULL
length int4 | abs float8 | coalesce int4 | upper text
3           | 5          | 5             | ABC
SELECT 1
db> SELECT round($1, 2)
with 1.2345
round numeric
1.23
SELECT 1
db> SELECT greatest($1, 3), nullif($1, 3)
with 7
greatest int4 | nullif int4
7             | 7
SELECT 1
db> SELECT date_trunc('day', $1::timestamptz)
with '2024-01-02 03:04:05+00'
date_trunc timestamptz
2024-01-02 00:00:00+00
SELECT 1
db> SELECT now() - $1::interval < now()
with '5 minutes'
?column? bool
t
SELECT 1
