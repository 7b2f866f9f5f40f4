-- DDL is transactional: the same name, a table dropped while it is read.

a> BEGIN
BEGIN
a> CREATE TABLE t (id int)
CREATE TABLE
b> SELECT * FROM t
ERROR 42P01: relation "t" does not exist
a> COMMIT
COMMIT
a> BEGIN
BEGIN
a> CREATE TABLE u (id int)
CREATE TABLE
b> CREATE TABLE u (id int)
waits
a> ROLLBACK
ROLLBACK
b: CREATE TABLE
b> SELECT * FROM u
id int4
SELECT 0
a> BEGIN
BEGIN
a> SELECT * FROM t
id int4
SELECT 0
b> DROP TABLE t
waits
c> SELECT * FROM t
waits
a> COMMIT
COMMIT
b: DROP TABLE
c: ERROR 42P01: relation "t" does not exist
a> BEGIN
BEGIN
a> DROP TABLE u
DROP TABLE
b> SELECT * FROM u
waits
c> INSERT INTO u VALUES (1)
waits
a> ROLLBACK
ROLLBACK
b: id int4
b: SELECT 0
c: INSERT 0 1
a> SELECT * FROM u
id int4
1
SELECT 1
a> BEGIN
BEGIN
a> ALTER TABLE u RENAME TO v
ALTER TABLE
b> SELECT * FROM u
waits
a> COMMIT
COMMIT
b: ERROR 42P01: relation "u" does not exist
