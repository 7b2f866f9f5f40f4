-- NULL, in conditions and values.

db> CREATE TABLE t (id int, name text NOT NULL)
CREATE TABLE
db> INSERT INTO t VALUES ($1, $2)
with NULL, 'a'
INSERT 0 1
db> INSERT INTO t VALUES ($1, $2)
with 1, NULL
ERROR 23502: null value in column "name" of relation "t" violates not-null constraint
DETAIL: Failing row contains (1, null).
db> SELECT count(*) FROM t WHERE id = $1
with NULL
count int8
0
SELECT 1
db> SELECT count(*) FROM t WHERE id IS NOT DISTINCT FROM $1
with NULL
count int8
1
SELECT 1
