-- The usual counter: both increments count.

setup> CREATE TABLE hits (page text PRIMARY KEY, n int NOT NULL)
CREATE TABLE
a> BEGIN
BEGIN
a> INSERT INTO hits VALUES ('/', 1) ON CONFLICT (page) DO UPDATE SET n = hits.n + 1
INSERT 0 1
b> INSERT INTO hits VALUES ('/', 1) ON CONFLICT (page) DO UPDATE SET n = hits.n + 1
waits
c> INSERT INTO hits VALUES ('/', 1) ON CONFLICT (page) DO UPDATE SET n = hits.n + 1
waits
a> COMMIT
COMMIT
b: INSERT 0 1
c: INSERT 0 1
a> SELECT * FROM hits
page text | n int4
/         | 3
SELECT 1
