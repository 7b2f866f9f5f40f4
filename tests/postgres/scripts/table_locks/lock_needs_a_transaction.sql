-- LOCK TABLE outside of a transaction block is refused.

setup> CREATE TABLE t (n int)
CREATE TABLE
a> LOCK TABLE t
ERROR 25P01: LOCK TABLE can only be used in transaction blocks
a> LOCK TABLE nowhere
ERROR 25P01: LOCK TABLE can only be used in transaction blocks
a> BEGIN
BEGIN
a> LOCK nowhere
ERROR 42P01: relation "nowhere" does not exist
a> ROLLBACK
ROLLBACK
