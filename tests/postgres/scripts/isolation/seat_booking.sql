-- Booking a seat: the second update finds it taken.

setup> CREATE TABLE seat (no int PRIMARY KEY, holder text, version int NOT NULL DEFAULT 0)
CREATE TABLE
setup> INSERT INTO seat (no) VALUES (1), (2)
INSERT 0 2
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> UPDATE seat SET holder = 'a', version = version + 1 WHERE no = 1 AND holder IS NULL
UPDATE 1
b> UPDATE seat SET holder = 'b', version = version + 1 WHERE no = 1 AND holder IS NULL
waits
a> COMMIT
COMMIT
b: UPDATE 0
b> UPDATE seat SET holder = 'b' WHERE no = (SELECT min(no) FROM seat WHERE holder IS NULL) RETURNING no
no int4
2
UPDATE 1
b> COMMIT
COMMIT
a> BEGIN
BEGIN
a> SELECT version FROM seat WHERE no = 2
version int4
0
SELECT 1
b> UPDATE seat SET version = version + 1 WHERE no = 2 AND version = 0
UPDATE 1
a> UPDATE seat SET holder = 'a', version = version + 1 WHERE no = 2 AND version = 0
UPDATE 0
a> COMMIT
COMMIT
setup> SELECT * FROM seat ORDER BY no
no int4 | holder text | version int4
1       | a           | 1
2       | b           | 1
SELECT 2
