-- Statements that change tables say what else would do.

db> CREATE TABLE p (id int PRIMARY KEY, a text, b text)
CREATE TABLE
db> CREATE TABLE c (id int PRIMARY KEY, p_id int REFERENCES p)
CREATE TABLE
db> DROP TABLE p
ERROR 2BP01: cannot drop table p because other objects depend on it
DETAIL: constraint c_p_id_fkey on table c depends on table p
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> TRUNCATE p
ERROR 0A000: cannot truncate a table referenced in a foreign key constraint
DETAIL: Table "c" references "p".
HINT: Truncate table "c" at the same time, or use TRUNCATE ... CASCADE.
db> ALTER TABLE p DROP COLUMN id
ERROR 2BP01: cannot drop column id of table p because other objects depend on it
DETAIL: constraint c_p_id_fkey on table c depends on column id of table p
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> ALTER TABLE p DROP CONSTRAINT p_pkey
ERROR 2BP01: cannot drop constraint p_pkey on table p because other objects depend on it
DETAIL: constraint c_p_id_fkey on table c depends on index p_pkey
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> DROP INDEX p_pkey
ERROR 2BP01: cannot drop index p_pkey because constraint p_pkey on table p requires it
HINT: You can drop constraint p_pkey on table p instead.
db> DROP INDEX p
ERROR 42809: "p" is not an index
HINT: Use DROP TABLE to remove a table.
db> DROP SEQUENCE p
ERROR 42809: "p" is not a sequence
HINT: Use DROP TABLE to remove a table.
db> DROP TABLE p_pkey
ERROR 42809: "p_pkey" is not a table
HINT: Use DROP INDEX to remove an index.
db> ALTER TABLE p ALTER COLUMN a TYPE int
ERROR 42804: column "a" cannot be cast automatically to type integer
HINT: You might need to specify "USING a::integer".
db> ALTER TABLE p ALTER COLUMN "b" TYPE timestamp with time zone
ERROR 42804: column "b" cannot be cast automatically to type timestamp with time zone
HINT: You might need to specify "USING b::timestamp with time zone".
db> ALTER TABLE p ADD COLUMN IF NOT EXISTS a int
NOTICE 42701: column "a" of relation "p" already exists, skipping
ALTER TABLE
db> ALTER TABLE p DROP COLUMN IF EXISTS zz
NOTICE 00000: column "zz" of relation "p" does not exist, skipping
ALTER TABLE
db> ALTER TABLE p DROP CONSTRAINT IF EXISTS zz
NOTICE 00000: constraint "zz" of relation "p" does not exist, skipping
ALTER TABLE
db> ALTER TABLE IF EXISTS nope ADD COLUMN n int
NOTICE 00000: relation "nope" does not exist, skipping
ALTER TABLE
db> DROP TABLE IF EXISTS nope, nope_either
NOTICE 00000: table "nope" does not exist, skipping
NOTICE 00000: table "nope_either" does not exist, skipping
DROP TABLE
db> DROP INDEX IF EXISTS nope
NOTICE 00000: index "nope" does not exist, skipping
DROP INDEX
db> DROP SEQUENCE IF EXISTS nope
NOTICE 00000: sequence "nope" does not exist, skipping
DROP SEQUENCE
db> CREATE TABLE IF NOT EXISTS p (id int)
NOTICE 42P07: relation "p" already exists, skipping
CREATE TABLE
db> CREATE INDEX IF NOT EXISTS p_a ON p (a)
CREATE INDEX
db> CREATE INDEX IF NOT EXISTS p_a ON p (b)
NOTICE 42P07: relation "p_a" already exists, skipping
CREATE INDEX
db> CREATE SEQUENCE IF NOT EXISTS s
CREATE SEQUENCE
db> CREATE SEQUENCE IF NOT EXISTS s
NOTICE 42P07: relation "s" already exists, skipping
CREATE SEQUENCE
db> CREATE TABLE IF NOT EXISTS s (id int)
NOTICE 42P07: relation "s" already exists, skipping
CREATE TABLE
db> CREATE TABLE g (id int GENERATED ALWAYS AS IDENTITY, n int)
CREATE TABLE
db> INSERT INTO g (id, n) VALUES (1, 1)
ERROR 428C9: cannot insert a non-DEFAULT value into column "id"
DETAIL: Column "id" is an identity column defined as GENERATED ALWAYS.
HINT: Use OVERRIDING SYSTEM VALUE to override.
db> UPDATE g SET id = 5
ERROR 428C9: column "id" can only be updated to DEFAULT
DETAIL: Column "id" is an identity column defined as GENERATED ALWAYS.
db> DROP TABLE p CASCADE
NOTICE 00000: drop cascades to constraint c_p_id_fkey on table c
DROP TABLE
db> INSERT INTO c VALUES (1, 1)
INSERT 0 1
db> SET client_min_messages = warning
SET
db> DROP TABLE IF EXISTS nope
DROP TABLE
db> COMMIT
WARNING 25P01: there is no transaction in progress
COMMIT
db> SET client_min_messages = error
SET
db> COMMIT
COMMIT
db> RESET client_min_messages
RESET
db> DROP TABLE IF EXISTS nope
NOTICE 00000: table "nope" does not exist, skipping
DROP TABLE
