-- A read-only report between two writers, deferrable and not.

setup> CREATE TABLE ctl (no int PRIMARY KEY, batch int)
CREATE TABLE
setup> CREATE TABLE receipt (id int PRIMARY KEY, batch int, amount int)
CREATE TABLE
setup> INSERT INTO ctl VALUES (1, 1)
INSERT 0 1
setup> INSERT INTO receipt VALUES (1, 1, 10)
INSERT 0 1
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> INSERT INTO receipt SELECT 2, batch, 20 FROM ctl
INSERT 0 1
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> UPDATE ctl SET batch = 2
UPDATE 1
b> COMMIT
COMMIT
c> BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY
BEGIN
c> SELECT batch FROM ctl
batch int4
2
SELECT 1
c> SELECT sum(amount) FROM receipt WHERE batch = 1
sum int8
10
SELECT 1
a> COMMIT
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
c> COMMIT
COMMIT
a> ROLLBACK
WARNING 25P01: there is no transaction in progress
ROLLBACK
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> UPDATE ctl SET batch = 3
UPDATE 1
c> BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE
BEGIN
c> SELECT batch FROM ctl
waits
a> COMMIT
COMMIT
c: batch int4
c: 2
c: SELECT 1
c> SELECT batch FROM ctl
batch int4
2
SELECT 1
c> COMMIT
COMMIT
