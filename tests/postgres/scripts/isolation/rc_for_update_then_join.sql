-- FOR UPDATE on a join checks the join's condition again with the new row.

setup> CREATE TABLE o (id int PRIMARY KEY, c int)
CREATE TABLE
setup> CREATE TABLE c (id int PRIMARY KEY, name text)
CREATE TABLE
setup> INSERT INTO c VALUES (1, 'ann'), (2, 'bob')
INSERT 0 2
setup> INSERT INTO o VALUES (10, 1)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE o SET c = 2 WHERE id = 10
UPDATE 1
b> SELECT o.id, c.name FROM o JOIN c ON c.id = o.c FOR UPDATE OF o
waits
a> COMMIT
COMMIT
b: id int4 | name text
b: SELECT 0
