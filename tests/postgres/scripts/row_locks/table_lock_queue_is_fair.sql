-- For table locks it is: who conflicts with an earlier waiter waits behind it.

setup> CREATE TABLE t (n int)
CREATE TABLE
a> BEGIN
BEGIN
a> LOCK t IN ACCESS SHARE MODE
LOCK TABLE
b> BEGIN
BEGIN
b> LOCK t IN ACCESS EXCLUSIVE MODE
waits
c> SELECT * FROM t
waits
d> LOCK t IN ACCESS SHARE MODE
ERROR 25P01: LOCK TABLE can only be used in transaction blocks
a> COMMIT
COMMIT
b: LOCK TABLE
b> COMMIT
COMMIT
c: n int4
c: SELECT 0
