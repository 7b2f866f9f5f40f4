-- Fekete's read-only anomaly: the reader makes the cycle, and the pivot has to go.

setup> CREATE TABLE acct (name text PRIMARY KEY, balance int)
CREATE TABLE
setup> INSERT INTO acct VALUES ('checking', 0), ('savings', 0)
INSERT 0 2
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> SELECT * FROM acct ORDER BY name
name text | balance int4
checking  | 0
savings   | 0
SELECT 2
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> UPDATE acct SET balance = 20 WHERE name = 'savings'
UPDATE 1
a> COMMIT
COMMIT
r> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
r> SELECT * FROM acct ORDER BY name
name text | balance int4
checking  | 0
savings   | 20
SELECT 2
r> COMMIT
COMMIT
b> UPDATE acct SET balance = -11 WHERE name = 'checking'
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
b> COMMIT
ROLLBACK
