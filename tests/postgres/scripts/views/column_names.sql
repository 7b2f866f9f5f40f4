-- Names of columns given, missing or doubled.

db> CREATE VIEW v (a, b) AS SELECT 1, 'x'
CREATE VIEW
db> SELECT * FROM v
a int4 | b text
1      | x
SELECT 1
db> CREATE VIEW w AS SELECT 1, 2
ERROR 42701: column "?column?" specified more than once
db> CREATE VIEW w AS SELECT 1 AS a, 2 AS a
ERROR 42701: column "a" specified more than once
db> CREATE VIEW w (a, b) AS SELECT 1
ERROR 42601: CREATE VIEW specifies more column names than columns
