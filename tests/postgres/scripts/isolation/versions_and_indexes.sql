-- Updates that change no key, ones that do, and indexes that are made meanwhile: every snapshot finds its
-- own version of a row by every index.

setup> CREATE TABLE part (id int PRIMARY KEY, kind text, n int NOT NULL)
CREATE TABLE
setup> INSERT INTO part VALUES (1, 'nut', 10), (2, 'bolt', 20), (3, 'nut', 30)
INSERT 0 3
setup> SET enable_seqscan = off
SET

-- A snapshot from before goes on seeing the first versions.
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT id, n FROM part WHERE id = 1
id int4 | n int4
1       | 10
SELECT 1
b> UPDATE part SET n = n + 1 WHERE id = 1
UPDATE 1
b> UPDATE part SET n = n + 1 WHERE id = 1
UPDATE 1
b> UPDATE part SET id = 11, n = n + 1 WHERE id = 1
UPDATE 1
b> UPDATE part SET n = n + 1 WHERE id = 11
UPDATE 1
a> SELECT id, n FROM part WHERE id = 1
id int4 | n int4
1       | 10
SELECT 1
a> SELECT id, n FROM part WHERE id = 11
id int4 | n int4
SELECT 0
b> SELECT id, n FROM part WHERE id IN (1, 11)
id int4 | n int4
11      | 14
SELECT 1
b> INSERT INTO part VALUES (1, 'new', 1)
INSERT 0 1
a> SELECT id, n FROM part WHERE id >= 1 ORDER BY id
id int4 | n int4
1       | 10
2       | 20
3       | 30
SELECT 3
a> UPDATE part SET n = 0 WHERE id = 1
ERROR 40001: could not serialize access due to concurrent update
a> ROLLBACK
ROLLBACK

-- What is rolled back is found by nobody, what stood before it by everybody.
a> BEGIN
BEGIN
a> UPDATE part SET n = 100 WHERE id = 2
UPDATE 1
a> UPDATE part SET n = n + 1 WHERE id = 2
UPDATE 1
a> SAVEPOINT s
SAVEPOINT
a> UPDATE part SET n = n + 1 WHERE id = 2
UPDATE 1
a> UPDATE part SET id = 22 WHERE id = 2
UPDATE 1
a> SELECT id, n FROM part WHERE id IN (2, 22)
id int4 | n int4
22      | 102
SELECT 1
b> SELECT id, n FROM part WHERE id IN (2, 22)
id int4 | n int4
2       | 20
SELECT 1
a> ROLLBACK TO s
ROLLBACK
a> SELECT id, n FROM part WHERE id IN (2, 22)
id int4 | n int4
2       | 101
SELECT 1
b> INSERT INTO part VALUES (22, 'free', 0)
INSERT 0 1
a> UPDATE part SET n = n + 1 WHERE id = 2
UPDATE 1
a> COMMIT
COMMIT
b> SELECT id, n FROM part WHERE id = 2
id int4 | n int4
2       | 102
SELECT 1
b> INSERT INTO part VALUES (2, 'taken', 0)
ERROR 23505: duplicate key value violates unique constraint "part_pkey"
DETAIL: Key (id)=(2) already exists.
CONSTRAINT: part_pkey

-- An index that is made after such updates has every version.
a> CREATE INDEX part_kind ON part (kind, n)
CREATE INDEX
b> UPDATE part SET n = 31 WHERE id = 3
UPDATE 1
b> UPDATE part SET kind = 'bolt' WHERE id = 3
UPDATE 1
a> SELECT id, n FROM part WHERE kind = 'bolt' AND n > 0 ORDER BY id
id int4 | n int4
2       | 102
3       | 31
SELECT 2
a> SELECT id, n FROM part WHERE kind = 'nut' ORDER BY id
id int4 | n int4
11      | 14
SELECT 1
a> BEGIN
BEGIN
a> UPDATE part SET id = id WHERE id = 3
UPDATE 1
a> CREATE UNIQUE INDEX part_n ON part (n)
CREATE INDEX
a> UPDATE part SET n = 102 WHERE id = 3
ERROR 23505: duplicate key value violates unique constraint "part_n"
DETAIL: Key (n)=(102) already exists.
CONSTRAINT: part_n
a> ROLLBACK
ROLLBACK
a> SELECT id, kind, n FROM part WHERE id = 3
id int4 | kind text | n int4
3       | bolt      | 31
SELECT 1

-- Deleted rows leave their keys, with all of their versions.
b> UPDATE part SET n = 32 WHERE id = 3
UPDATE 1
b> UPDATE part SET n = 33 WHERE id = 3
UPDATE 1
a> BEGIN
BEGIN
a> DELETE FROM part WHERE id = 3
DELETE 1
b> INSERT INTO part VALUES (3, 'again', 3)
waits
a> COMMIT
COMMIT
b: INSERT 0 1
b> UPDATE part SET n = 34 WHERE id = 3
UPDATE 1
a> SELECT * FROM part WHERE id = 3
id int4 | kind text | n int4
3       | again     | 34
SELECT 1
a> SELECT * FROM part WHERE kind = 'again'
id int4 | kind text | n int4
3       | again     | 34
SELECT 1
a> ALTER TABLE part ALTER COLUMN n TYPE bigint
ALTER TABLE
a> UPDATE part SET n = n + 1 WHERE id = 3
UPDATE 1
a> UPDATE part SET n = n + 1 WHERE kind = 'again'
UPDATE 1
a> SELECT * FROM part WHERE id = 3
id int4 | kind text | n int8
3       | again     | 36
SELECT 1
a> SELECT * FROM part WHERE kind = 'again' AND n = 36
id int4 | kind text | n int8
3       | again     | 36
SELECT 1
