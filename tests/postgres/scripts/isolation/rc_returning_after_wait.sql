-- RETURNING shows what was made of the newest version.

setup> CREATE TABLE t (id int PRIMARY KEY, n int, who text)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0, 'setup')
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 5, who = 'a'
UPDATE 1
b> UPDATE t SET n = n * 2 RETURNING *
waits
c> DELETE FROM t WHERE who = 'setup' RETURNING *
waits
a> ROLLBACK
ROLLBACK
b: id int4 | n int4 | who text
b: 1       | 0      | setup
b: UPDATE 1
c: id int4 | n int4 | who text
c: 1       | 0      | setup
c: DELETE 1
