-- The classic of foreign keys: insert a child, then update the parent, by two at once.

setup> CREATE TABLE p (id int PRIMARY KEY, total int)
CREATE TABLE
setup> CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p)
CREATE TABLE
setup> INSERT INTO p VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> INSERT INTO c VALUES (1, 1)
INSERT 0 1
b> INSERT INTO c VALUES (2, 1)
INSERT 0 1
a> UPDATE p SET total = total + 1 WHERE id = 1
UPDATE 1
b> UPDATE p SET total = total + 1 WHERE id = 1
waits
sleep 1200ms
a> COMMIT
COMMIT
b: UPDATE 1
b> COMMIT
COMMIT
a> SELECT * FROM p
id int4 | total int4
1       | 2
SELECT 1
