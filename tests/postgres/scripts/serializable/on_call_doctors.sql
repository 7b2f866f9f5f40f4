-- Write skew: each leaves because the other is on call.

setup> CREATE TABLE doctor (name text PRIMARY KEY, on_call boolean NOT NULL)
CREATE TABLE
setup> INSERT INTO doctor VALUES ('alice', true), ('bob', true)
INSERT 0 2
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT count(*) FROM doctor WHERE on_call
count int8
2
SELECT 1
b> SELECT count(*) FROM doctor WHERE on_call
count int8
2
SELECT 1
a> UPDATE doctor SET on_call = false WHERE name = 'alice'
UPDATE 1
b> UPDATE doctor SET on_call = false WHERE name = 'bob'
UPDATE 1
a> COMMIT
COMMIT
b> COMMIT
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
setup> SELECT * FROM doctor ORDER BY name
name text | on_call bool
alice     | f
bob       | t
SELECT 2
