-- Arrays in tables: update of an element, appending, ANY.

db> CREATE TABLE t (id int, tags text[] NOT NULL DEFAULT '{}', grid int[][])
CREATE TABLE
db> INSERT INTO t (id) VALUES (1) RETURNING *
id int4 | tags text[] | grid int4[]
1       | {}          | NULL
INSERT 0 1
db> UPDATE t SET tags = tags || 'new'::text, grid = '{{1,2},{3,4}}' RETURNING *
id int4 | tags text[] | grid int4[]
1       | {new}       | {{1,2},{3,4}}
UPDATE 1
db> UPDATE t SET tags[3] = 'third', grid[1][1] = 9 RETURNING *
id int4 | tags text[]      | grid int4[]
1       | {new,NULL,third} | {{9,2},{3,4}}
UPDATE 1
db> SELECT id FROM t WHERE 'new' = ANY (tags)
id int4
1
SELECT 1
db> SELECT id FROM t WHERE tags @> ARRAY['new', 'third']
id int4
1
SELECT 1
db> UPDATE t SET tags = array_remove(tags, NULL)
UPDATE 1
db> SELECT tags, tags[1], tags[9] FROM t
tags text[] | tags text | tags text
{new,third} | new       | NULL
SELECT 1
