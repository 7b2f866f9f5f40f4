-- A sequence that a transaction has used is neither changed nor dropped before the transaction ends.

setup> CREATE SEQUENCE s
CREATE SEQUENCE
a> BEGIN
BEGIN
a> SELECT nextval('s')
nextval int8
1
SELECT 1
b> ALTER SEQUENCE s INCREMENT 5
waits
a> COMMIT
COMMIT
b: ALTER SEQUENCE
b> SELECT nextval('s')
nextval int8
6
SELECT 1
setup> CREATE TABLE t (id serial, n int)
CREATE TABLE
a> BEGIN
BEGIN
a> INSERT INTO t (n) VALUES (1) RETURNING id
id int4
1
INSERT 0 1
b> ALTER SEQUENCE t_id_seq RESTART 100
waits
a> ROLLBACK
ROLLBACK
b: ALTER SEQUENCE
a> BEGIN
BEGIN
a> SELECT setval('s', 50)
setval int8
50
SELECT 1
c> DROP SEQUENCE s
waits
a> SELECT nextval('s')
nextval int8
55
SELECT 1
a> COMMIT
COMMIT
c: DROP SEQUENCE
c> SELECT nextval('s')
ERROR 42P01: relation "s" does not exist
