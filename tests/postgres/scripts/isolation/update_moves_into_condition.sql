-- A row that comes to match only by a concurrent change is not seen; one that ceases to is skipped.

setup> CREATE TABLE t (id int PRIMARY KEY, s text)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 'new'), (2, 'old'), (3, 'new')
INSERT 0 3
a> BEGIN
BEGIN
a> UPDATE t SET s = CASE s WHEN 'new' THEN 'old' ELSE 'new' END WHERE id < 3
UPDATE 2
b> UPDATE t SET s = 'done' WHERE s = 'new' RETURNING id
waits
a> COMMIT
COMMIT
b: id int4
b: 3
b: UPDATE 1
setup> SELECT * FROM t ORDER BY id
id int4 | s text
1       | old
2       | new
3       | done
SELECT 3
b> BEGIN
BEGIN
b> DELETE FROM t WHERE s = 'done'
DELETE 1
a> INSERT INTO t VALUES (4, 'done')
INSERT 0 1
a> SELECT * FROM t ORDER BY id
id int4 | s text
1       | old
2       | new
3       | done
4       | done
SELECT 4
b> DELETE FROM t WHERE s = 'done'
DELETE 1
b> COMMIT
COMMIT
