-- A check and an insert, at SERIALIZABLE: 23505 becomes 40001 where the check was read.

setup> CREATE TABLE users (name text PRIMARY KEY)
CREATE TABLE
setup> INSERT INTO users VALUES ('x')
INSERT 0 1
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT * FROM users WHERE name = 'kim'
name text
SELECT 0
b> SELECT * FROM users WHERE name = 'kim'
name text
SELECT 0
a> INSERT INTO users VALUES ('kim')
INSERT 0 1
b> INSERT INTO users VALUES ('kim')
waits
a> COMMIT
COMMIT
b: ERROR 40001: could not serialize access due to read/write dependencies among transactions
b: HINT: The transaction might succeed if retried.
b> ROLLBACK
ROLLBACK
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> INSERT INTO users VALUES ('lee')
INSERT 0 1
b> INSERT INTO users VALUES ('lee')
waits
a> COMMIT
COMMIT
b: ERROR 23505: duplicate key value violates unique constraint "users_pkey"
b: DETAIL: Key (name)=(lee) already exists.
b: CONSTRAINT: users_pkey
b> ROLLBACK
ROLLBACK
