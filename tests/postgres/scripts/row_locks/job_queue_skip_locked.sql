-- Workers take jobs with SKIP LOCKED; a crash gives a job back.

setup> CREATE TABLE job (id int PRIMARY KEY, state text NOT NULL DEFAULT 'ready', worker text)
CREATE TABLE
setup> INSERT INTO job (id) SELECT g FROM generate_series(1, 5) g
INSERT 0 5
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> UPDATE job SET state = 'running', worker = 'a' WHERE id = (SELECT id FROM job WHERE state = 'ready' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id
id int4
1
UPDATE 1
b> UPDATE job SET state = 'running', worker = 'b' WHERE id = (SELECT id FROM job WHERE state = 'ready' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id
id int4
2
UPDATE 1
c> SELECT id FROM job WHERE state = 'ready' ORDER BY id LIMIT 2 FOR UPDATE SKIP LOCKED
id int4
3
4
SELECT 2
a> ROLLBACK
ROLLBACK
c> SELECT id FROM job WHERE state = 'ready' ORDER BY id LIMIT 2 FOR UPDATE SKIP LOCKED
id int4
1
3
SELECT 2
b> COMMIT
COMMIT
c> WITH next AS (SELECT id FROM job WHERE state = 'ready' ORDER BY id LIMIT 2 FOR UPDATE SKIP LOCKED) UPDATE job SET state = 'running', worker = 'c' FROM next WHERE job.id = next.id RETURNING job.id, job.worker
id int4 | worker text
1       | c
3       | c
UPDATE 2
setup> SELECT * FROM job ORDER BY id
id int4 | state text | worker text
1       | running    | c
2       | running    | b
3       | running    | c
4       | ready      | NULL
5       | ready      | NULL
SELECT 5
disconnect b
setup> DELETE FROM job WHERE id IN (SELECT id FROM job WHERE state = 'ready' FOR UPDATE SKIP LOCKED) RETURNING id
id int4
4
5
DELETE 2
