-- The first commits before the second writes: the second's update fails, not its commit.

setup> CREATE TABLE doctors (name text PRIMARY KEY, on_call bool)
CREATE TABLE
setup> INSERT INTO doctors VALUES ('alice', true), ('bob', true)
INSERT 0 2
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT count(*) FROM doctors WHERE on_call
count int8
2
SELECT 1
b> SELECT count(*) FROM doctors WHERE on_call
count int8
2
SELECT 1
a> UPDATE doctors SET on_call = false WHERE name = 'alice'
UPDATE 1
a> COMMIT
COMMIT
b> UPDATE doctors SET on_call = false WHERE name = 'bob'
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
b> SELECT 1
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
b> COMMIT
ROLLBACK
