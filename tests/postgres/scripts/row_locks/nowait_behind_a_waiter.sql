-- NOWAIT on a table fails too if it would only have to wait for a waiter.

setup> CREATE TABLE t (n int)
CREATE TABLE
a> BEGIN
BEGIN
a> LOCK t IN ACCESS SHARE MODE
LOCK TABLE
b> LOCK t IN ACCESS EXCLUSIVE MODE
ERROR 25P01: LOCK TABLE can only be used in transaction blocks
b> BEGIN
BEGIN
b> LOCK t IN ACCESS EXCLUSIVE MODE
waits
c> BEGIN
BEGIN
c> LOCK t IN ACCESS SHARE MODE NOWAIT
ERROR 55P03: could not obtain lock on relation "t"
c> ROLLBACK
ROLLBACK
a> COMMIT
COMMIT
b: LOCK TABLE
b> COMMIT
COMMIT
