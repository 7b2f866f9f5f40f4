-- Write skew: each reads what the other writes; one of them must fail.

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
b> UPDATE doctors SET on_call = false WHERE name = 'bob'
UPDATE 1
a> COMMIT
COMMIT
b> COMMIT
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
a> SELECT * FROM doctors ORDER BY name
name text | on_call bool
alice     | f
bob       | t
SELECT 2
