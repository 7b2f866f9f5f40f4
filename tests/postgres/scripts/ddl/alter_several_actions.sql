-- Several actions of one ALTER TABLE, and what each can refuse.

db> CREATE TABLE t (id int PRIMARY KEY, a int, b text DEFAULT 'x', c int NOT NULL DEFAULT 3)
CREATE TABLE
db> INSERT INTO t VALUES (1, 10), (2, NULL)
INSERT 0 2
db> ALTER TABLE t ADD COLUMN d int DEFAULT 5, ADD CHECK (d > 0), DROP COLUMN b, ALTER COLUMN a SET DEFAULT 9
ALTER TABLE
db> SELECT * FROM t ORDER BY id
id int4 | a int4 | c int4 | d int4
1       | 10     | 3      | 5
2       | NULL   | 3      | 5
SELECT 2
db> INSERT INTO t (id) VALUES (3) RETURNING *
id int4 | a int4 | c int4 | d int4
3       | 9      | 3      | 5
INSERT 0 1
db> ALTER TABLE t ALTER COLUMN a SET NOT NULL
ERROR 23502: column "a" of relation "t" contains null values
db> ALTER TABLE t ADD COLUMN e int NOT NULL
ERROR 23502: column "e" of relation "t" contains null values
db> ALTER TABLE t ADD COLUMN a int
ERROR 42701: column "a" of relation "t" already exists
db> ALTER TABLE t ADD COLUMN IF NOT EXISTS a int
NOTICE 42701: column "a" of relation "t" already exists, skipping
ALTER TABLE
db> ALTER TABLE t DROP COLUMN nothing
ERROR 42703: column "nothing" of relation "t" does not exist
db> ALTER TABLE t DROP COLUMN IF EXISTS nothing
NOTICE 00000: column "nothing" of relation "t" does not exist, skipping
ALTER TABLE
db> ALTER TABLE IF EXISTS nowhere ADD COLUMN x int
NOTICE 00000: relation "nowhere" does not exist, skipping
ALTER TABLE
db> ALTER TABLE nowhere ADD COLUMN x int
ERROR 42P01: relation "nowhere" does not exist
db> ALTER TABLE t ALTER COLUMN id DROP NOT NULL
ERROR 42P16: column "id" is in a primary key
db> ALTER TABLE t ALTER COLUMN c TYPE text
ALTER TABLE
db> ALTER TABLE t ALTER COLUMN c TYPE boolean
ERROR 42804: column "c" cannot be cast automatically to type boolean
HINT: You might need to specify "USING c::boolean".
db> ALTER TABLE t ALTER COLUMN c DROP DEFAULT, ALTER COLUMN c TYPE int USING c::int + 1
ALTER TABLE
db> SELECT id, c FROM t ORDER BY id
id int4 | c int4
1       | 4
2       | 4
3       | 4
SELECT 3
db> ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 10) NOT VALID
ALTER TABLE
db> INSERT INTO t (id, a, c) VALUES (4, 1, 1)
ERROR 23514: new row for relation "t" violates check constraint "positive"
DETAIL: Failing row contains (4, 1, 1, 5).
CONSTRAINT: positive
db> ALTER TABLE t VALIDATE CONSTRAINT positive
ERROR 23514: check constraint "positive" of relation "t" is violated by some row
CONSTRAINT: positive
db> UPDATE t SET a = 20 WHERE id < 4
UPDATE 3
db> ALTER TABLE t VALIDATE CONSTRAINT positive
ALTER TABLE
db> ALTER TABLE t VALIDATE CONSTRAINT nothing
ERROR 42704: constraint "nothing" of relation "t" does not exist
db> ALTER TABLE t RENAME CONSTRAINT positive TO above
ALTER TABLE
db> ALTER TABLE t RENAME CONSTRAINT positive TO above
ERROR 42704: constraint "positive" for table "t" does not exist
db> ALTER TABLE t DROP CONSTRAINT positive
ERROR 42704: constraint "positive" of relation "t" does not exist
db> ALTER TABLE t DROP CONSTRAINT IF EXISTS positive
NOTICE 00000: constraint "positive" of relation "t" does not exist, skipping
ALTER TABLE
db> ALTER TABLE t DROP CONSTRAINT above
ALTER TABLE
db> CREATE TABLE child (id int REFERENCES t)
CREATE TABLE
db> ALTER TABLE t DROP CONSTRAINT t_pkey
ERROR 2BP01: cannot drop constraint t_pkey on table t because other objects depend on it
DETAIL: constraint child_id_fkey on table child depends on index t_pkey
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> ALTER TABLE t DROP COLUMN id
ERROR 2BP01: cannot drop column id of table t because other objects depend on it
DETAIL: constraint child_id_fkey on table child depends on column id of table t
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> ALTER TABLE t DROP COLUMN id CASCADE
NOTICE 00000: drop cascades to constraint child_id_fkey on table child
ALTER TABLE
db> INSERT INTO child VALUES (99)
INSERT 0 1
db> CREATE UNIQUE INDEX t_c ON t (c, a)
ERROR 23505: could not create unique index "t_c"
DETAIL: Key (c, a)=(4, 20) is duplicated.
CONSTRAINT: t_c
db> ALTER TABLE t ADD CONSTRAINT t_key UNIQUE USING INDEX t_c
ERROR 42704: index "t_c" does not exist
db> ALTER TABLE t DROP CONSTRAINT t_key
ERROR 42704: constraint "t_key" of relation "t" does not exist
db> ALTER TABLE t ADD PRIMARY KEY (nothing)
ERROR 42703: column "nothing" of relation "t" does not exist
db> ALTER TABLE t ALTER COLUMN a SET STATISTICS 100, ALTER COLUMN d SET STORAGE PLAIN
ALTER TABLE
db> ALTER TABLE t SET (fillfactor = 70)
ALTER TABLE
db> ALTER TABLE t ADD COLUMN r serial, ADD COLUMN g int GENERATED ALWAYS AS (a * 2) STORED
ALTER TABLE
db> SELECT r, g FROM t ORDER BY r
r int4 | g int4
1      | 40
2      | 40
3      | 40
SELECT 3
db> ALTER TABLE t DROP COLUMN a
ERROR 2BP01: cannot drop column a of table t because other objects depend on it
DETAIL: column g of table t depends on column a of table t
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> ALTER TABLE t ALTER COLUMN g DROP EXPRESSION
ALTER TABLE
db> ALTER TABLE t DROP COLUMN a
ALTER TABLE
db> SELECT r, g FROM t ORDER BY r
r int4 | g int4
1      | 40
2      | 40
3      | 40
SELECT 3
