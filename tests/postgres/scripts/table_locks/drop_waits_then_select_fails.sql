-- A reader that waited for a DROP finds no table.

setup> CREATE TABLE t (n int)
CREATE TABLE
a> BEGIN
BEGIN
a> DROP TABLE t
DROP TABLE
b> SELECT * FROM t
waits
a> COMMIT
COMMIT
b: ERROR 42P01: relation "t" does not exist
