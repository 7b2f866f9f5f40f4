-- LATERAL sees what stands left of it.

db> CREATE TABLE g (id int)
CREATE TABLE
db> CREATE TABLE m (g int, n int)
CREATE TABLE
db> INSERT INTO g VALUES (1), (2), (3)
INSERT 0 3
db> INSERT INTO m VALUES (1, 5), (1, 7), (1, 9), (2, 3)
INSERT 0 4
db> SELECT g.id, top.n FROM g, LATERAL (SELECT n FROM m WHERE m.g = g.id ORDER BY n DESC LIMIT 2) top ORDER BY 1, 2
id int4 | n int4
1       | 7
1       | 9
2       | 3
SELECT 3
db> SELECT g.id, top.n FROM g LEFT JOIN LATERAL (SELECT n FROM m WHERE m.g = g.id ORDER BY n DESC LIMIT 1) top ON true ORDER BY 1
id int4 | n int4
1       | 9
2       | 3
3       | NULL
SELECT 3
db> SELECT g.id FROM g, (SELECT n FROM m WHERE m.g = g.id) s
ERROR 42P01: invalid reference to FROM-clause entry for table "g"
HINT: There is an entry for table "g", but it cannot be referenced from this part of the query.
