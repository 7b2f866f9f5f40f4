-- READ COMMITTED: a check that counts rows, then an insert: both pass, the limit is broken.

setup> CREATE TABLE seats (id int PRIMARY KEY, event int)
CREATE TABLE
setup> INSERT INTO seats VALUES (1, 7)
INSERT 0 1
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> SELECT count(*) FROM seats WHERE event = 7
count int8
1
SELECT 1
b> SELECT count(*) FROM seats WHERE event = 7
count int8
1
SELECT 1
a> INSERT INTO seats VALUES (2, 7)
INSERT 0 1
b> INSERT INTO seats VALUES (3, 7)
INSERT 0 1
a> COMMIT
COMMIT
b> COMMIT
COMMIT
a> SELECT count(*) FROM seats WHERE event = 7
count int8
3
SELECT 1
