-- ARRAY(…) collects a column.

db> SELECT ARRAY(SELECT i * i FROM generate_series(1, 3) i ORDER BY i DESC) AS squares
squares int4[]
{9,4,1}
SELECT 1
db> SELECT ARRAY(SELECT 1 WHERE false) AS none
none int4[]
{}
SELECT 1
