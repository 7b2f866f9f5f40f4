-- A table that refers to itself.

db> CREATE TABLE node (id int PRIMARY KEY, parent int REFERENCES node ON DELETE CASCADE)
CREATE TABLE
db> INSERT INTO node VALUES (1, 1)
INSERT 0 1
db> INSERT INTO node VALUES (2, 1), (3, 2), (4, 9)
ERROR 23503: insert or update on table "node" violates foreign key constraint "node_parent_fkey"
DETAIL: Key (parent)=(9) is not present in table "node".
CONSTRAINT: node_parent_fkey
db> INSERT INTO node VALUES (2, 1), (3, 2), (4, 3)
INSERT 0 3
db> INSERT INTO node VALUES (6, 5), (5, 4)
INSERT 0 2
db> DELETE FROM node WHERE id = 2
DELETE 1
db> SELECT id FROM node
id int4
1
SELECT 1
