-- 42702 and 42P01 in joins.

db> CREATE TABLE a (id int, n int)
CREATE TABLE
db> CREATE TABLE b (id int)
CREATE TABLE
db> SELECT id FROM a, b
ERROR 42702: column reference "id" is ambiguous
db> SELECT a.nowhere FROM a, b
ERROR 42703: column a.nowhere does not exist
db> SELECT c.id FROM a, b
ERROR 42P01: missing FROM-clause entry for table "c"
db> SELECT * FROM a JOIN b ON c.id = a.id
ERROR 42P01: missing FROM-clause entry for table "c"
db> SELECT * FROM a, b JOIN a c ON a.id = c.id
ERROR 42P01: invalid reference to FROM-clause entry for table "a"
HINT: There is an entry for table "a", but it cannot be referenced from this part of the query.
