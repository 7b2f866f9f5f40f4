-- ROLLBACK TO frees the waiting one before the transaction ends.

setup> CREATE TABLE t (id int PRIMARY KEY, who text)
CREATE TABLE
a> BEGIN
BEGIN
a> SAVEPOINT s
SAVEPOINT
a> INSERT INTO t VALUES (1, 'a')
INSERT 0 1
b> INSERT INTO t VALUES (1, 'b')
waits
a> ROLLBACK TO s
ROLLBACK
b: INSERT 0 1
a> COMMIT
COMMIT
