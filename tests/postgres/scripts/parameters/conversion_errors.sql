-- A value that its type does not take.

db> CREATE TABLE t (id int, d date)
CREATE TABLE
db> SELECT * FROM t WHERE id = $1
with 'x'
ERROR 22P02: invalid input syntax for type integer: "x"
db> INSERT INTO t (d) VALUES ($1)
with 'not a date'
ERROR 22007: invalid input syntax for type date: "not a date"
db> SELECT 1 WHERE $1
with 'maybe'
ERROR 22P02: invalid input syntax for type boolean: "maybe"
db> SELECT $1 / $2 AS q
with 1, 0
ERROR 42725: operator is not unique: unknown / unknown
HINT: Could not choose a best candidate operator. You might need to add explicit type casts.
