-- A counter that is made when it is first counted.

setup> CREATE TABLE hits (page text PRIMARY KEY, n int NOT NULL DEFAULT 1)
CREATE TABLE
a> BEGIN
BEGIN
a> INSERT INTO hits VALUES ('/') ON CONFLICT (page) DO UPDATE SET n = hits.n + 1 RETURNING n
n int4
1
INSERT 0 1
b> INSERT INTO hits VALUES ('/') ON CONFLICT (page) DO UPDATE SET n = hits.n + 1 RETURNING n
waits
c> INSERT INTO hits VALUES ('/') ON CONFLICT (page) DO UPDATE SET n = hits.n + 1 RETURNING n
waits
a> COMMIT
COMMIT
b: n int4
b: 2
b: INSERT 0 1
c: n int4
c: 3
c: INSERT 0 1
a> BEGIN
BEGIN
a> DELETE FROM hits
DELETE 1
b> INSERT INTO hits VALUES ('/') ON CONFLICT (page) DO UPDATE SET n = hits.n + 1 RETURNING n
waits
a> COMMIT
COMMIT
b: n int4
b: 1
b: INSERT 0 1
a> INSERT INTO hits VALUES ('/', 5), ('x', 5) ON CONFLICT (page) DO UPDATE SET n = excluded.n WHERE hits.n < excluded.n RETURNING *
page text | n int4
/         | 5
x         | 5
INSERT 0 2
a> INSERT INTO hits VALUES ('/', 5), ('x', 7) ON CONFLICT (page) DO UPDATE SET n = excluded.n WHERE hits.n < excluded.n RETURNING *
page text | n int4
x         | 7
INSERT 0 1
