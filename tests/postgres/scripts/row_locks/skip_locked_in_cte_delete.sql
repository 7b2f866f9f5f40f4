-- Take and delete, through a CTE.

setup> CREATE TABLE jobs (id int PRIMARY KEY, body text)
CREATE TABLE
setup> INSERT INTO jobs VALUES (1, 'a'), (2, 'b'), (3, 'c')
INSERT 0 3
a> BEGIN
BEGIN
a> WITH next AS (SELECT id FROM jobs ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
    DELETE FROM jobs USING next WHERE jobs.id = next.id RETURNING jobs.*
id int4 | body text
1       | a
DELETE 1
b> WITH next AS (SELECT id FROM jobs ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
    DELETE FROM jobs USING next WHERE jobs.id = next.id RETURNING jobs.*
id int4 | body text
2       | b
DELETE 1
a> COMMIT
COMMIT
b> SELECT * FROM jobs
id int4 | body text
3       | c
SELECT 1
