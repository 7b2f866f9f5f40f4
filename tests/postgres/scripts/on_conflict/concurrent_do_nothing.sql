-- DO NOTHING waits for the other's end, then does nothing.

setup> CREATE TABLE t (id int PRIMARY KEY, who text)
CREATE TABLE
a> BEGIN
BEGIN
a> INSERT INTO t VALUES (1, 'a')
INSERT 0 1
b> INSERT INTO t VALUES (1, 'b') ON CONFLICT DO NOTHING
waits
a> COMMIT
COMMIT
b: INSERT 0 0
b> SELECT * FROM t
id int4 | who text
1       | a
SELECT 1
