-- Temporary tables belong to one session, and hide others of their name.

db> CREATE TABLE t (a int)
CREATE TABLE
db> INSERT INTO t VALUES (1)
INSERT 0 1
db> CREATE TEMP TABLE t (a int, b int)
CREATE TABLE
db> SELECT * FROM t
a int4 | b int4
SELECT 0
db> SELECT * FROM public.t
a int4
1
SELECT 1
other> SELECT * FROM t
a int4
1
SELECT 1
other> SELECT * FROM pg_temp.t
ERROR 42P01: relation "pg_temp.t" does not exist
db> INSERT INTO pg_temp.t VALUES (5, 6)
INSERT 0 1
db> SELECT * FROM t
a int4 | b int4
5      | 6
SELECT 1
db> CREATE TEMPORARY TABLE gone (x int) ON COMMIT DROP
CREATE TABLE
db> SELECT * FROM gone
ERROR 42P01: relation "gone" does not exist
db> BEGIN
BEGIN
db> CREATE TEMPORARY TABLE gone (x int) ON COMMIT DROP
CREATE TABLE
db> CREATE TEMPORARY TABLE emptied (x int) ON COMMIT DELETE ROWS
CREATE TABLE
db> INSERT INTO gone VALUES (1)
INSERT 0 1
db> INSERT INTO emptied VALUES (1)
INSERT 0 1
db> SELECT * FROM gone, emptied
x int4 | x int4
1      | 1
SELECT 1
db> COMMIT
COMMIT
db> SELECT * FROM gone
ERROR 42P01: relation "gone" does not exist
db> SELECT * FROM emptied
x int4
SELECT 0
db> INSERT INTO emptied VALUES (2)
INSERT 0 1
db> SELECT * FROM emptied
x int4
SELECT 0
db> CREATE TABLE plain (x int) ON COMMIT DROP
ERROR 42P16: ON COMMIT can only be used on temporary tables
db> CREATE TEMP TABLE public.x (a int)
ERROR 42P16: cannot create temporary relation in non-temporary schema
db> CREATE TEMP TABLE emptied (x int)
ERROR 42P07: relation "emptied" already exists
db> CREATE TEMP TABLE IF NOT EXISTS emptied (x int)
NOTICE 42P07: relation "emptied" already exists, skipping
CREATE TABLE
db> DROP TABLE t
DROP TABLE
db> SELECT * FROM t
a int4
1
SELECT 1
db> BEGIN
BEGIN
db> CREATE TEMP TABLE rolled (x int)
CREATE TABLE
db> ROLLBACK
ROLLBACK
db> SELECT * FROM rolled
ERROR 42P01: relation "rolled" does not exist
db> CREATE TEMP SEQUENCE s
CREATE SEQUENCE
db> SELECT nextval('s')
nextval int8
1
SELECT 1
other> SELECT nextval('s')
ERROR 42P01: relation "s" does not exist
db> CREATE UNLOGGED TABLE u (a int PRIMARY KEY)
CREATE TABLE
db> INSERT INTO u VALUES (1)
INSERT 0 1
db> SELECT * FROM u
a int4
1
SELECT 1
