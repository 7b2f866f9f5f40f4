-- max(), min() and ORDER BY … LIMIT read the end of an index: changes of the other rows are no conflict.

setup> CREATE TABLE t (id int PRIMARY KEY, v int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0), (3, 0), (4, 0)
INSERT 0 4
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT max(id) FROM t
max int4
4
SELECT 1
b> SELECT min(id) + 10 AS id FROM t
id int4
11
SELECT 1
a> UPDATE t SET v = 1 WHERE id = 3
UPDATE 1
b> UPDATE t SET v = 1 WHERE id = 2
UPDATE 1
a> COMMIT
COMMIT
b> COMMIT
COMMIT
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT id FROM t ORDER BY id LIMIT 1
id int4
1
SELECT 1
b> SELECT id FROM t ORDER BY id DESC LIMIT 1
id int4
4
SELECT 1
a> UPDATE t SET v = 2 WHERE id = 3
UPDATE 1
b> UPDATE t SET v = 2 WHERE id = 2
UPDATE 1
a> COMMIT
COMMIT
b> COMMIT
COMMIT
-- The row at the end is read.
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT max(id) FROM t
max int4
4
SELECT 1
b> SELECT min(id) FROM t
min int4
1
SELECT 1
a> UPDATE t SET v = 3 WHERE id = 1
UPDATE 1
b> UPDATE t SET v = 3 WHERE id = 4
UPDATE 1
a> COMMIT
COMMIT
b> COMMIT
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
-- And so is the gap behind it.
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT max(id) FROM t
max int4
4
SELECT 1
b> SELECT max(id) FROM t WHERE v >= 0
max int4
4
SELECT 1
a> INSERT INTO t VALUES (5, 0)
INSERT 0 1
b> INSERT INTO t VALUES (6, 0)
INSERT 0 1
a> COMMIT
COMMIT
b> COMMIT
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
-- What is found is the same.
setup> CREATE TABLE n (k int, w int)
CREATE TABLE
setup> CREATE INDEX ON n (k)
CREATE INDEX
setup> INSERT INTO n VALUES (NULL, 1), (2, 2), (NULL, 3), (7, 4), (2, 5)
INSERT 0 5
a> SELECT min(k), max(k) FROM n
min int4 | max int4
2        | 7
SELECT 1
a> SELECT min(k), max(k) FROM n WHERE w = 5
min int4 | max int4
2        | 2
SELECT 1
a> SELECT min(k) FROM n WHERE w = 1
min int4
NULL
SELECT 1
a> SELECT k FROM n ORDER BY k LIMIT 10
k int4
2
2
7
NULL
NULL
SELECT 5
a> SELECT k FROM n ORDER BY k DESC LIMIT 3
k int4
NULL
NULL
7
SELECT 3
a> SELECT k FROM n ORDER BY k DESC NULLS LAST LIMIT 3
k int4
7
2
2
SELECT 3
a> SELECT k FROM n ORDER BY k LIMIT 2 OFFSET 2
k int4
7
NULL
SELECT 2
