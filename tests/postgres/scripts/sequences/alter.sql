-- ALTER SEQUENCE, what it refuses, and that ROLLBACK undoes it.

db> CREATE SEQUENCE s START 5 INCREMENT 2 MAXVALUE 9
CREATE SEQUENCE
db> SELECT nextval('s'), nextval('s'), nextval('s')
nextval int8 | nextval int8 | nextval int8
5            | 7            | 9
SELECT 1
db> SELECT nextval('s')
ERROR 2200H: nextval: reached maximum value of sequence "s" (9)
db> ALTER SEQUENCE s CYCLE
ALTER SEQUENCE
db> SELECT nextval('s')
nextval int8
1
SELECT 1
db> ALTER SEQUENCE s RESTART
ALTER SEQUENCE
db> SELECT nextval('s')
nextval int8
5
SELECT 1
db> ALTER SEQUENCE s RESTART WITH 8
ALTER SEQUENCE
db> SELECT nextval('s')
nextval int8
8
SELECT 1
db> BEGIN
BEGIN
db> ALTER SEQUENCE s RESTART WITH 6
ALTER SEQUENCE
db> SELECT nextval('s')
nextval int8
6
SELECT 1
db> ROLLBACK
ROLLBACK
db> SELECT last_value, is_called FROM s
last_value int8 | is_called bool
8               | t
SELECT 1
db> ALTER SEQUENCE s MAXVALUE 3
ERROR 22023: START value (5) cannot be greater than MAXVALUE (3)
db> ALTER SEQUENCE s INCREMENT 0
ERROR 22023: INCREMENT must not be zero
db> ALTER SEQUENCE s RESTART WITH 100
ERROR 22023: RESTART value (100) cannot be greater than MAXVALUE (9)
db> ALTER SEQUENCE s NO MAXVALUE NO CYCLE INCREMENT -1 MINVALUE -5
ERROR 22023: START value (5) cannot be greater than MAXVALUE (-1)
db> SELECT nextval('s')
nextval int8
1
SELECT 1
db> ALTER SEQUENCE s AS smallint
ALTER SEQUENCE
db> ALTER SEQUENCE nothing RESTART
ERROR 42P01: relation "nothing" does not exist
db> ALTER SEQUENCE IF EXISTS nothing RESTART
NOTICE 00000: relation "nothing" does not exist, skipping
ALTER SEQUENCE
db> CREATE SEQUENCE bad MINVALUE 10 MAXVALUE 5
ERROR 22023: MINVALUE (10) must be less than MAXVALUE (5)
db> CREATE SEQUENCE bad START 0
ERROR 22023: START value (0) cannot be less than MINVALUE (1)
db> CREATE SEQUENCE bad AS smallint MAXVALUE 100000
ERROR 22023: MAXVALUE (100000) is out of range for sequence data type smallint
db> CREATE SEQUENCE bad AS text
ERROR 22023: sequence type must be smallint, integer, or bigint
db> CREATE SEQUENCE bad CACHE 0
ERROR 22023: CACHE (0) must be greater than zero
db> CREATE SEQUENCE s
ERROR 42P07: relation "s" already exists
db> CREATE SEQUENCE IF NOT EXISTS s
NOTICE 42P07: relation "s" already exists, skipping
CREATE SEQUENCE
db> CREATE TABLE t (id int, other int)
CREATE TABLE
db> ALTER SEQUENCE s OWNED BY t.id
ALTER SEQUENCE
db> SELECT pg_get_serial_sequence('t', 'id'), pg_get_serial_sequence('t', 'other')
pg_get_serial_sequence text | pg_get_serial_sequence text
public.s                    | NULL
SELECT 1
db> ALTER TABLE t ALTER COLUMN id SET DEFAULT nextval('s')
ALTER TABLE
db> DROP SEQUENCE s
ERROR 2BP01: cannot drop sequence s because other objects depend on it
DETAIL: default value for column id of table t depends on sequence s
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> ALTER SEQUENCE s RENAME TO renamed
ALTER SEQUENCE
db> INSERT INTO t (other) VALUES (1) RETURNING id
id int4
3
INSERT 0 1
db> DROP TABLE t
DROP TABLE
db> SELECT nextval('renamed')
ERROR 42P01: relation "renamed" does not exist
db> SELECT nextval('nothing')
ERROR 42P01: relation "nothing" does not exist
db> CREATE TABLE u (id serial, n int)
CREATE TABLE
db> SELECT nextval('u')
ERROR 42809: "u" is not a sequence
db> INSERT INTO u (n) VALUES (1), (2)
INSERT 0 2
db> BEGIN
BEGIN
db> TRUNCATE u RESTART IDENTITY
TRUNCATE TABLE
db> INSERT INTO u (n) VALUES (3) RETURNING id
id int4
1
INSERT 0 1
db> ROLLBACK
ROLLBACK
db> INSERT INTO u (n) VALUES (4) RETURNING id
id int4
3
INSERT 0 1
db> TRUNCATE u RESTART IDENTITY
TRUNCATE TABLE
db> INSERT INTO u (n) VALUES (5) RETURNING id
id int4
1
INSERT 0 1
db> BEGIN READ ONLY
BEGIN
db> SELECT nextval('u_id_seq')
ERROR 25006: cannot execute nextval() in a read-only transaction
db> ROLLBACK
ROLLBACK
