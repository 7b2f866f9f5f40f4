-- CREATE INDEX takes SHARE: it waits for a writer, not for a reader.

setup> CREATE TABLE t (n int)
CREATE TABLE
a> BEGIN
BEGIN
a> SELECT * FROM t
n int4
SELECT 0
b> CREATE INDEX ON t (n)
CREATE INDEX
a> INSERT INTO t VALUES (1)
INSERT 0 1
c> CREATE INDEX ON t (n)
waits
a> COMMIT
COMMIT
c: CREATE INDEX
