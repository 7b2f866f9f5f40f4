-- Leases: take a row whose lease ran out, in one statement.

setup> CREATE TABLE job (id int PRIMARY KEY, leased_until int NOT NULL DEFAULT 0, attempts int NOT NULL DEFAULT 0)
CREATE TABLE
setup> INSERT INTO job (id) VALUES (1), (2)
INSERT 0 2
a> BEGIN
BEGIN
a> UPDATE job SET leased_until = 10, attempts = attempts + 1 WHERE id = (SELECT id FROM job WHERE leased_until < 5 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, attempts
id int4 | attempts int4
1       | 1
UPDATE 1
b> UPDATE job SET leased_until = 10, attempts = attempts + 1 WHERE id = (SELECT id FROM job WHERE leased_until < 5 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, attempts
id int4 | attempts int4
2       | 1
UPDATE 1
a> ROLLBACK
ROLLBACK
c> UPDATE job SET leased_until = 10, attempts = attempts + 1 WHERE id = (SELECT id FROM job WHERE leased_until < 5 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, attempts
id int4 | attempts int4
1       | 1
UPDATE 1
c> UPDATE job SET leased_until = 10, attempts = attempts + 1 WHERE id = (SELECT id FROM job WHERE leased_until < 5 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, attempts
id int4 | attempts int4
UPDATE 0
