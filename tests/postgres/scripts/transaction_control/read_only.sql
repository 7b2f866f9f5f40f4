-- What a read-only transaction refuses, and how each statement is named.

db> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 1)
INSERT 0 1
db> CREATE SEQUENCE s
CREATE SEQUENCE
db> SET default_transaction_read_only = on
SET
db> SELECT * FROM t
id int4 | n int4
1       | 1
SELECT 1
db> INSERT INTO t VALUES (2, 2)
ERROR 25006: cannot execute INSERT in a read-only transaction
db> UPDATE t SET n = 2
ERROR 25006: cannot execute UPDATE in a read-only transaction
db> DELETE FROM t
ERROR 25006: cannot execute DELETE in a read-only transaction
db> WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d
ERROR 25006: cannot execute SELECT in a read-only transaction
db> SELECT * FROM t FOR UPDATE
ERROR 25006: cannot execute SELECT FOR UPDATE in a read-only transaction
db> SELECT * FROM t FOR SHARE
ERROR 25006: cannot execute SELECT FOR SHARE in a read-only transaction
db> SELECT * FROM t FOR KEY SHARE
ERROR 25006: cannot execute SELECT FOR KEY SHARE in a read-only transaction
db> SELECT nextval('s')
ERROR 25006: cannot execute nextval() in a read-only transaction
db> SELECT setval('s', 5)
ERROR 25006: cannot execute setval() in a read-only transaction
db> TRUNCATE t
ERROR 25006: cannot execute TRUNCATE TABLE in a read-only transaction
db> CREATE TABLE u (id int)
ERROR 25006: cannot execute CREATE TABLE in a read-only transaction
db> DROP TABLE t
ERROR 25006: cannot execute DROP TABLE in a read-only transaction
db> ALTER TABLE t ADD COLUMN m int
ERROR 25006: cannot execute ALTER TABLE in a read-only transaction
db> CREATE INDEX ON t (n)
ERROR 25006: cannot execute CREATE INDEX in a read-only transaction
db> CREATE SEQUENCE s2
ERROR 25006: cannot execute CREATE SEQUENCE in a read-only transaction
db> DROP SEQUENCE s
ERROR 25006: cannot execute DROP SEQUENCE in a read-only transaction
db> DROP INDEX t_pkey
ERROR 25006: cannot execute DROP INDEX in a read-only transaction
db> CREATE VIEW v AS SELECT 1
ERROR 25006: cannot execute CREATE VIEW in a read-only transaction
db> CREATE SCHEMA x
ERROR 25006: cannot execute CREATE SCHEMA in a read-only transaction
db> CREATE TYPE e AS ENUM ('a')
ERROR 25006: cannot execute CREATE TYPE in a read-only transaction
db> COMMENT ON TABLE t IS 'x'
ERROR 25006: cannot execute COMMENT in a read-only transaction
db> CREATE TABLE u AS SELECT 1
ERROR 25006: cannot execute CREATE TABLE AS in a read-only transaction
db> SELECT pg_advisory_lock(1)
pg_advisory_lock void
''
SELECT 1
db> SELECT pg_advisory_unlock(1)
pg_advisory_unlock bool
t
SELECT 1
db> BEGIN
BEGIN
db> LOCK TABLE t IN ACCESS SHARE MODE
LOCK TABLE
db> LOCK TABLE t IN ROW SHARE MODE
LOCK TABLE
db> LOCK TABLE t IN ROW EXCLUSIVE MODE
LOCK TABLE
db> ROLLBACK
ROLLBACK
db> BEGIN READ WRITE
BEGIN
db> INSERT INTO t VALUES (2, 2)
INSERT 0 1
db> COMMIT
COMMIT
db> BEGIN
BEGIN
db> SET TRANSACTION READ WRITE
SET
db> INSERT INTO t VALUES (3, 3)
INSERT 0 1
db> SET TRANSACTION READ ONLY
SET
db> INSERT INTO t VALUES (4, 4)
ERROR 25006: cannot execute INSERT in a read-only transaction
db> ROLLBACK
ROLLBACK
db> BEGIN
BEGIN
db> SELECT count(*) FROM t
count int8
2
SELECT 1
db> SET TRANSACTION READ WRITE
ERROR 25001: transaction read-write mode must be set before any query
db> ROLLBACK
ROLLBACK
db> SET default_transaction_read_only = off
SET
db> BEGIN
BEGIN
db> SAVEPOINT a
SAVEPOINT
db> SET TRANSACTION READ ONLY
SET
db> SAVEPOINT b
SAVEPOINT
db> SET TRANSACTION READ WRITE
ERROR 25001: cannot set transaction read-write mode inside a read-only transaction
db> ROLLBACK TO b
ROLLBACK
db> UPDATE t SET n = 5
ERROR 25006: cannot execute UPDATE in a read-only transaction
db> ROLLBACK TO a
ROLLBACK
db> UPDATE t SET n = 6
UPDATE 2
db> SAVEPOINT c
SAVEPOINT
db> SET TRANSACTION READ ONLY
SET
db> SHOW transaction_read_only
transaction_read_only text
on
SHOW
db> RELEASE c
RELEASE
db> SHOW transaction_read_only
transaction_read_only text
off
SHOW
db> COMMIT
COMMIT
db> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 6
2       | 6
SELECT 2
