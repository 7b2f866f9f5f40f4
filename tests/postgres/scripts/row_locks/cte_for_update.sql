-- Locks in WITH and in subqueries.

setup> CREATE TABLE acc (id int PRIMARY KEY, bal int)
CREATE TABLE
setup> INSERT INTO acc VALUES (1, 100), (2, 50)
INSERT 0 2
a> BEGIN
BEGIN
a> WITH l AS (SELECT id FROM acc WHERE id = 1 FOR UPDATE) SELECT * FROM l
id int4
1
SELECT 1
b> BEGIN
BEGIN
b> SELECT * FROM acc WHERE id IN (SELECT id FROM acc WHERE bal > 60 FOR SHARE)
waits
a> UPDATE acc SET bal = 10 WHERE id = 1
UPDATE 1
a> COMMIT
COMMIT
b: id int4 | bal int4
b: SELECT 0
b> COMMIT
COMMIT
b> WITH gone AS (DELETE FROM acc WHERE id = 2 RETURNING *) INSERT INTO acc SELECT id + 10, bal FROM gone RETURNING *
id int4 | bal int4
12      | 50
INSERT 0 1
