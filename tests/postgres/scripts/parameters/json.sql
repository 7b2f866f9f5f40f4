-- JSON parameters.

db> CREATE TABLE t (j jsonb)
CREATE TABLE
db> INSERT INTO t VALUES ($1)
with '{"a": [1, 2]}'
INSERT 0 1
db> SELECT j -> $1 AS part FROM t
with 'a'
part jsonb
[1, 2]
SELECT 1
db> SELECT count(*) FROM t WHERE j @> $1
with '{"a": [2]}'
count int8
1
SELECT 1
db> INSERT INTO t VALUES ($1)
with '{broken'
ERROR 22P02: invalid input syntax for type json
DETAIL: Token "broken" is invalid.
