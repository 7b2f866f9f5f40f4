-- The receipt report: a batch is closed, a receipt still goes into it, a report in between.

setup> CREATE TABLE control (id int PRIMARY KEY, batch int)
CREATE TABLE
setup> CREATE TABLE receipts (id int PRIMARY KEY, batch int, amount int)
CREATE TABLE
setup> INSERT INTO control VALUES (1, 1)
INSERT 0 1
setup> INSERT INTO receipts VALUES (1, 1, 10)
INSERT 0 1
n> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
n> SELECT batch FROM control
batch int4
1
SELECT 1
c> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
c> UPDATE control SET batch = 2
UPDATE 1
c> COMMIT
COMMIT
r> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
r> SELECT batch FROM control
batch int4
2
SELECT 1
r> SELECT sum(amount) FROM receipts WHERE batch = 1
sum int8
10
SELECT 1
r> COMMIT
COMMIT
n> INSERT INTO receipts VALUES (2, 1, 20)
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
n> COMMIT
ROLLBACK
