-- A column name may appear once.

db> CREATE TABLE t (n int, n text)
ERROR 42701: column "n" specified more than once
db> CREATE TABLE t (n int, "N" text)
CREATE TABLE
db> ALTER TABLE t ADD COLUMN n int
ERROR 42701: column "n" of relation "t" already exists
