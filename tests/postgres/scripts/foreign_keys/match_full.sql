-- MATCH FULL: all or none.

db> CREATE TABLE p (a int, b int, PRIMARY KEY (a, b))
CREATE TABLE
db> CREATE TABLE c (a int, b int, FOREIGN KEY (a, b) REFERENCES p MATCH FULL)
CREATE TABLE
db> INSERT INTO c VALUES (NULL, NULL)
INSERT 0 1
db> INSERT INTO c VALUES (1, NULL)
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_a_b_fkey"
DETAIL: MATCH FULL does not allow mixing of null and nonnull key values.
CONSTRAINT: c_a_b_fkey
