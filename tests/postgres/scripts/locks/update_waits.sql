-- Lost update: at READ COMMITTED the second writer goes on from the first one's value.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 10)
INSERT 0 1
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> UPDATE t SET n = n + 1 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = n + 1
    WHERE id = $1
    RETURNING n, '' AS e, 'a|b' AS f, NULL::text
with 1
waits
a> COMMIT
COMMIT
b: n int4 | e text | f text | text text
b: 12     | ''     | 'a|b'  | NULL
b: UPDATE 1
b> COMMIT
COMMIT
b> SELECT 1/0
ERROR 22012: division by zero
b> ROLLBACK
WARNING 25P01: there is no transaction in progress
ROLLBACK
