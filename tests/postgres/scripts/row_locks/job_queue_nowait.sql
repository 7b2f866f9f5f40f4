-- NOWAIT fails at once, and the transaction with it; a savepoint saves it.

setup> CREATE TABLE job (id int PRIMARY KEY, state text NOT NULL DEFAULT 'ready', worker text)
CREATE TABLE
setup> INSERT INTO job (id) SELECT g FROM generate_series(1, 5) g
INSERT 0 5
a> BEGIN
BEGIN
a> SELECT id FROM job WHERE id = 1 FOR NO KEY UPDATE
id int4
1
SELECT 1
b> BEGIN
BEGIN
b> SAVEPOINT s
SAVEPOINT
b> SELECT id FROM job WHERE id IN (1, 2) ORDER BY id FOR UPDATE NOWAIT
ERROR 55P03: could not obtain lock on row in relation "job"
b> SELECT 1
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
b> ROLLBACK TO s
ROLLBACK
b> SELECT id FROM job WHERE id = 2 FOR UPDATE NOWAIT
id int4
2
SELECT 1
b> SELECT id FROM job WHERE id = 1 FOR KEY SHARE NOWAIT
id int4
1
SELECT 1
b> SELECT id FROM job WHERE id = 1 FOR SHARE NOWAIT
ERROR 55P03: could not obtain lock on row in relation "job"
b> ROLLBACK
ROLLBACK
c> UPDATE job SET state = 'x' WHERE id = 2
UPDATE 1
a> COMMIT
COMMIT
