-- Optimistic locking with a version column: the loser affects 0 rows.

setup> CREATE TABLE doc (id int PRIMARY KEY, body text, version int)
CREATE TABLE
setup> INSERT INTO doc VALUES (1, 'old', 1)
INSERT 0 1
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> SELECT version FROM doc WHERE id = 1
version int4
1
SELECT 1
b> SELECT version FROM doc WHERE id = 1
version int4
1
SELECT 1
a> UPDATE doc SET body = 'a', version = version + 1 WHERE id = 1 AND version = 1
UPDATE 1
b> UPDATE doc SET body = 'b', version = version + 1 WHERE id = 1 AND version = 1
waits
a> COMMIT
COMMIT
b: UPDATE 0
b> COMMIT
COMMIT
a> SELECT * FROM doc
id int4 | body text | version int4
1       | a         | 2
SELECT 1
