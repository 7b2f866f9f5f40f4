-- LOCK of several tables takes them in order, and keeps the first while it waits for the second.

setup> CREATE TABLE t (n int)
CREATE TABLE
setup> CREATE TABLE u (n int)
CREATE TABLE
a> BEGIN
BEGIN
a> LOCK u
LOCK TABLE
b> BEGIN
BEGIN
b> LOCK t, u
waits
c> SELECT * FROM t
waits
a> COMMIT
COMMIT
b: LOCK TABLE
b> COMMIT
COMMIT
c: n int4
c: SELECT 0
