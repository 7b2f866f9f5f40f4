-- A table that is referred to cannot be dropped without CASCADE.

db> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
db> CREATE TABLE c (p int REFERENCES p)
CREATE TABLE
db> DROP TABLE p
ERROR 2BP01: cannot drop table p because other objects depend on it
DETAIL: constraint c_p_fkey on table c depends on table p
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> TRUNCATE p
ERROR 0A000: cannot truncate a table referenced in a foreign key constraint
DETAIL: Table "c" references "p".
HINT: Truncate table "c" at the same time, or use TRUNCATE ... CASCADE.
db> DROP TABLE p CASCADE
NOTICE 00000: drop cascades to constraint c_p_fkey on table c
DROP TABLE
db> INSERT INTO c VALUES (1)
INSERT 0 1
