-- WITH RECURSIVE: counting, a tree, a cycle stopped by UNION.

db> WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5) SELECT n FROM c
n int4
1
2
3
4
5
SELECT 5
db> CREATE TABLE node (id int, parent int)
CREATE TABLE
db> INSERT INTO node VALUES (1, NULL), (2, 1), (3, 1), (4, 2)
INSERT 0 4
db> WITH RECURSIVE tree AS (SELECT id, 0 AS depth, id::text AS path FROM node WHERE parent IS NULL
    UNION ALL SELECT n.id, depth + 1, path || '/' || n.id FROM node n JOIN tree ON n.parent = tree.id)
    SELECT * FROM tree ORDER BY path
id int4 | depth int4 | path text
1       | 0          | 1
2       | 1          | 1/2
4       | 2          | 1/2/4
3       | 1          | 1/3
SELECT 4
db> CREATE TABLE edge (a int, b int)
CREATE TABLE
db> INSERT INTO edge VALUES (1, 2), (2, 3), (3, 1)
INSERT 0 3
db> WITH RECURSIVE reach (n) AS (SELECT 1 UNION SELECT b FROM edge JOIN reach ON a = n) SELECT n FROM reach ORDER BY n
n int4
1
2
3
SELECT 3
db> WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c LIMIT 3
n int4
1
2
3
SELECT 3
