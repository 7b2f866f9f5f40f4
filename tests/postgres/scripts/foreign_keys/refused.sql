-- Foreign keys that cannot be, and tables that cannot go.

db> CREATE TABLE p (id int PRIMARY KEY, code text UNIQUE, n int)
CREATE TABLE
db> CREATE TABLE c (x text REFERENCES p)
ERROR 42804: foreign key constraint "c_x_fkey" cannot be implemented
DETAIL: Key columns "x" and "id" are of incompatible types: text and integer.
db> CREATE TABLE c (x int REFERENCES p (n))
ERROR 42830: there is no unique constraint matching given keys for referenced table "p"
db> CREATE TABLE c (x int REFERENCES nowhere)
ERROR 42P01: relation "nowhere" does not exist
db> CREATE TABLE c (x int REFERENCES p (nowhere))
ERROR 42703: column "nowhere" referenced in foreign key constraint does not exist
db> CREATE TABLE c (x int, FOREIGN KEY (y) REFERENCES p)
ERROR 42703: column "y" referenced in foreign key constraint does not exist
db> CREATE TABLE c (x int, y int, FOREIGN KEY (x, y) REFERENCES p)
ERROR 42830: number of referencing and referenced columns for foreign key disagree
db> CREATE TABLE c (x int, y int, FOREIGN KEY (x, y) REFERENCES p (id, id))
ERROR 42830: foreign key referenced-columns list must not contain duplicates
db> CREATE TABLE c (id int, x text REFERENCES p (code), y int CONSTRAINT c_y REFERENCES p)
CREATE TABLE
db> DROP TABLE p
ERROR 2BP01: cannot drop table p because other objects depend on it
DETAIL: constraint c_x_fkey on table c depends on table p\nconstraint c_y on table c depends on table p
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> TRUNCATE p
ERROR 0A000: cannot truncate a table referenced in a foreign key constraint
DETAIL: Table "c" references "p".
HINT: Truncate table "c" at the same time, or use TRUNCATE ... CASCADE.
db> DELETE FROM p
DELETE 0
db> TRUNCATE p, c
TRUNCATE TABLE
db> TRUNCATE p CASCADE
NOTICE 00000: truncate cascades to table "c"
TRUNCATE TABLE
db> ALTER TABLE p DROP CONSTRAINT p_code_key
ERROR 2BP01: cannot drop constraint p_code_key on table p because other objects depend on it
DETAIL: constraint c_x_fkey on table c depends on index p_code_key
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> ALTER TABLE p DROP CONSTRAINT p_pkey
ERROR 2BP01: cannot drop constraint p_pkey on table p because other objects depend on it
DETAIL: constraint c_y on table c depends on index p_pkey
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> DROP TABLE p CASCADE
NOTICE 00000: drop cascades to 2 other objects
DETAIL: drop cascades to constraint c_x_fkey on table c\ndrop cascades to constraint c_y on table c
DROP TABLE
db> INSERT INTO c VALUES (1, 'free', 5)
INSERT 0 1
db> BEGIN
BEGIN
db> CREATE TABLE q (id int PRIMARY KEY)
CREATE TABLE
db> ALTER TABLE c ADD CONSTRAINT c_q FOREIGN KEY (y) REFERENCES q
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_q"
DETAIL: Key (y)=(5) is not present in table "q".
CONSTRAINT: c_q
db> ROLLBACK
ROLLBACK
