-- FOR UPDATE OF one side of a join leaves the other alone.

setup> CREATE TABLE author (id int PRIMARY KEY, name text)
CREATE TABLE
setup> CREATE TABLE book (id int PRIMARY KEY, author int REFERENCES author, title text)
CREATE TABLE
setup> INSERT INTO author VALUES (1, 'A'), (2, 'B')
INSERT 0 2
setup> INSERT INTO book VALUES (1, 1, 'x'), (2, 1, 'y'), (3, 2, 'z')
INSERT 0 3
a> BEGIN
BEGIN
a> SELECT b.id, a.name FROM book b JOIN author a ON a.id = b.author WHERE a.id = 1 ORDER BY b.id FOR UPDATE OF b
id int4 | name text
1       | A
2       | A
SELECT 2
b> UPDATE author SET name = 'AA' WHERE id = 1
UPDATE 1
b> BEGIN
BEGIN
b> UPDATE book SET title = 'xx' WHERE id = 1
waits
a> SELECT a.name FROM book b JOIN author a ON a.id = b.author WHERE b.id = 3 FOR UPDATE OF b NOWAIT FOR SHARE OF a
name text
B
SELECT 1
a> COMMIT
COMMIT
b: UPDATE 1
b> ROLLBACK
ROLLBACK
a> BEGIN
BEGIN
a> SELECT b.id FROM book b LEFT JOIN author a ON a.id = b.author FOR UPDATE OF b
id int4
1
2
3
SELECT 3
a> SELECT b.id FROM book b LEFT JOIN author a ON a.id = b.author FOR UPDATE
ERROR 0A000: FOR UPDATE cannot be applied to the nullable side of an outer join
a> ROLLBACK
ROLLBACK
a> SELECT b.id FROM book b, author a WHERE a.id = b.author FOR UPDATE OF c
ERROR 42P01: relation "c" in FOR UPDATE clause not found in FROM clause
a> SELECT count(*) FROM book FOR UPDATE
ERROR 0A000: FOR UPDATE is not allowed with aggregate functions
a> SELECT DISTINCT author FROM book FOR UPDATE
ERROR 0A000: FOR UPDATE is not allowed with DISTINCT clause
a> SELECT author FROM book GROUP BY author FOR SHARE
ERROR 0A000: FOR SHARE is not allowed with GROUP BY clause
a> SELECT id FROM book UNION SELECT id FROM author FOR UPDATE
ERROR 0A000: FOR UPDATE is not allowed with UNION/INTERSECT/EXCEPT
a> SELECT id, row_number() OVER () FROM book FOR UPDATE
ERROR 0A000: FOR UPDATE is not allowed with window functions
a> BEGIN
BEGIN
a> UPDATE author SET name = 'changed' WHERE id = 1
UPDATE 1
b> SELECT b.id, a.name FROM book b JOIN author a ON a.id = b.author WHERE a.name <> 'changed' ORDER BY b.id FOR SHARE
waits
a> COMMIT
COMMIT
b: id int4 | name text
b: 3       | B
b: SELECT 1
