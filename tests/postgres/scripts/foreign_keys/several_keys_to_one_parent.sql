-- A parent goes to which several columns of one row refer: each action makes a version of the transaction's
-- own, and only the last of them is checked.

a> CREATE TABLE people (id int PRIMARY KEY)
CREATE TABLE
a> CREATE TABLE tasks (id int PRIMARY KEY, owner int REFERENCES people ON UPDATE CASCADE ON DELETE SET NULL, worker int REFERENCES people ON UPDATE CASCADE ON DELETE SET NULL, checker int REFERENCES people ON UPDATE CASCADE ON DELETE SET NULL)
CREATE TABLE
a> INSERT INTO people VALUES (1), (2), (3)
INSERT 0 3
a> INSERT INTO tasks VALUES (3, 3, 3, 3), (2, 2, 2, NULL), (1, 1, 2, 3)
INSERT 0 3
a> UPDATE people SET id = 4 WHERE id = 3
UPDATE 1
a> SELECT * FROM tasks ORDER BY id
id int4 | owner int4 | worker int4 | checker int4
1       | 1          | 2           | 4
2       | 2          | 2           | NULL
3       | 4          | 4           | 4
SELECT 3
a> DELETE FROM people WHERE id = 4
DELETE 1
a> SELECT * FROM tasks ORDER BY id
id int4 | owner int4 | worker int4 | checker int4
1       | 1          | 2           | NULL
2       | 2          | 2           | NULL
3       | NULL       | NULL        | NULL
SELECT 3
a> BEGIN
BEGIN
a> UPDATE tasks SET id = id WHERE id = 2
UPDATE 1
a> DELETE FROM people WHERE id = 2
DELETE 1
a> COMMIT
COMMIT
a> SELECT * FROM tasks ORDER BY id
id int4 | owner int4 | worker int4 | checker int4
1       | 1          | NULL        | NULL
2       | NULL       | NULL        | NULL
3       | NULL       | NULL        | NULL
SELECT 3
a> CREATE TABLE self (a int PRIMARY KEY, b int REFERENCES self (a) ON UPDATE CASCADE ON DELETE CASCADE)
CREATE TABLE
a> INSERT INTO self VALUES (0, 0), (1, 1)
INSERT 0 2
a> BEGIN
BEGIN
a> UPDATE self SET a = 123 WHERE a = 0
UPDATE 1
a> UPDATE self SET a = 456 WHERE a = 123
UPDATE 1
a> SELECT * FROM self ORDER BY a
a int4 | b int4
1      | 1
456    | 456
SELECT 2
a> COMMIT
COMMIT
