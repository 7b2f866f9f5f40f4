-- After the wait the condition is evaluated on the newest version: the row no longer qualifies, 0 rows.

setup> CREATE TABLE t (id int PRIMARY KEY, state text)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 'new'), (2, 'new')
INSERT 0 2
a> BEGIN
BEGIN
a> UPDATE t SET state = 'taken' WHERE id = 1
UPDATE 1
b> UPDATE t SET state = 'mine' WHERE state = 'new'
waits
a> COMMIT
COMMIT
b: UPDATE 1
b> SELECT * FROM t ORDER BY id
id int4 | state text
1       | taken
2       | mine
SELECT 2
