-- A cascade over three levels, with SET NULL at its end; counts are those of the statement only.

db> CREATE TABLE a (id int PRIMARY KEY)
CREATE TABLE
db> CREATE TABLE b (id int PRIMARY KEY, a int NOT NULL REFERENCES a ON DELETE CASCADE ON UPDATE CASCADE)
CREATE TABLE
db> CREATE TABLE c (id int PRIMARY KEY, b int REFERENCES b ON DELETE SET NULL ON UPDATE CASCADE, n int DEFAULT 5)
CREATE TABLE
db> CREATE TABLE d (id int PRIMARY KEY, c int DEFAULT 1 REFERENCES c ON DELETE SET DEFAULT)
CREATE TABLE
db> INSERT INTO a VALUES (1), (2)
INSERT 0 2
db> INSERT INTO b VALUES (10, 1), (11, 1), (20, 2)
INSERT 0 3
db> INSERT INTO c VALUES (1, 10), (2, 11), (3, 20)
INSERT 0 3
db> INSERT INTO d VALUES (1, 2), (2, 3)
INSERT 0 2
db> DELETE FROM a WHERE id = 1
DELETE 1
db> SELECT * FROM c ORDER BY id
id int4 | b int4 | n int4
1       | NULL   | 5
2       | NULL   | 5
3       | 20     | 5
SELECT 3
db> UPDATE a SET id = 3 WHERE id = 2
UPDATE 1
db> SELECT * FROM b ORDER BY id
id int4 | a int4
20      | 3
SELECT 1
db> DELETE FROM c WHERE id = 2
DELETE 1
db> SELECT * FROM d ORDER BY id
id int4 | c int4
1       | 1
2       | 3
SELECT 2
db> DELETE FROM c WHERE id = 1
ERROR 23503: update or delete on table "c" violates foreign key constraint "d_c_fkey" on table "d"
DETAIL: Key (id)=(1) is still referenced from table "d".
CONSTRAINT: d_c_fkey
db> CREATE TABLE tree (id int PRIMARY KEY, parent int REFERENCES tree ON DELETE CASCADE)
CREATE TABLE
db> INSERT INTO tree VALUES (1, NULL), (2, 1), (3, 2), (4, 3), (5, 1), (6, 6)
INSERT 0 6
db> DELETE FROM tree WHERE id = 2
DELETE 1
db> SELECT * FROM tree ORDER BY id
id int4 | parent int4
1       | NULL
5       | 1
6       | 6
SELECT 3
db> DELETE FROM tree WHERE id = 6
DELETE 1
db> INSERT INTO tree VALUES (8, 7), (7, 1)
INSERT 0 2
db> INSERT INTO tree VALUES (9, 10)
ERROR 23503: insert or update on table "tree" violates foreign key constraint "tree_parent_fkey"
DETAIL: Key (parent)=(10) is not present in table "tree".
CONSTRAINT: tree_parent_fkey
db> DELETE FROM tree
DELETE 4
