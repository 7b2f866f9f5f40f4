-- A holder may take a stronger mode; its own lock is no conflict.

setup> CREATE TABLE t (n int)
CREATE TABLE
a> BEGIN
BEGIN
a> LOCK t IN ROW EXCLUSIVE MODE
LOCK TABLE
a> LOCK t IN ACCESS EXCLUSIVE MODE
LOCK TABLE
a> INSERT INTO t VALUES (1)
INSERT 0 1
a> COMMIT
COMMIT
