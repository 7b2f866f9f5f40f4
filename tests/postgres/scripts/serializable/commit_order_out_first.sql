-- T3 commits first: the pivot is aborted when the structure closes.

setup> CREATE TABLE x (n int)
CREATE TABLE
setup> CREATE TABLE y (n int)
CREATE TABLE
setup> INSERT INTO x VALUES (0)
INSERT 0 1
setup> INSERT INTO y VALUES (0)
INSERT 0 1
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
c> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> SELECT n FROM y
n int4
0
SELECT 1
c> UPDATE y SET n = 1
UPDATE 1
c> COMMIT
COMMIT
a> SELECT n FROM x
n int4
0
SELECT 1
b> UPDATE x SET n = 1
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
a> SELECT n FROM y
n int4
1
SELECT 1
b> COMMIT
ROLLBACK
a> COMMIT
COMMIT
