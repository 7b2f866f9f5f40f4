-- A declared READ ONLY reader whose snapshot is older than the conflicting commit does no harm.

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
r> BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY
BEGIN
r> SELECT * FROM acct ORDER BY name
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
b> UPDATE acct SET balance = -11 WHERE name = 'checking'
UPDATE 1
b> COMMIT
COMMIT
r> SELECT * FROM acct ORDER BY name
name text | balance int4
checking  | 0
savings   | 0
SELECT 2
r> COMMIT
COMMIT
