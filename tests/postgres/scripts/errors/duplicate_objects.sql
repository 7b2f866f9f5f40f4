-- 42P07, 42710, 42701, 42P06.

db> CREATE TABLE t (n int)
CREATE TABLE
db> CREATE TABLE t (n int)
ERROR 42P07: relation "t" already exists
db> CREATE INDEX i ON t (n)
CREATE INDEX
db> CREATE INDEX i ON t (n)
ERROR 42P07: relation "i" already exists
db> CREATE VIEW t AS SELECT 1 AS n
ERROR 42P07: relation "t" already exists
db> CREATE SEQUENCE i
ERROR 42P07: relation "i" already exists
db> ALTER TABLE t ADD COLUMN n int
ERROR 42701: column "n" of relation "t" already exists
db> ALTER TABLE t ADD CONSTRAINT c CHECK (n > 0)
ALTER TABLE
db> ALTER TABLE t ADD CONSTRAINT c CHECK (n > 1)
ERROR 42710: constraint "c" for relation "t" already exists
db> CREATE SCHEMA public
ERROR 42P06: schema "public" already exists
db> CREATE TYPE e AS ENUM ('a')
CREATE TYPE
db> CREATE TYPE e AS ENUM ('a')
ERROR 42710: type "e" already exists
