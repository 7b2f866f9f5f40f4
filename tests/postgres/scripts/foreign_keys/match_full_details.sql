-- MATCH FULL: all columns or none.

db> CREATE TABLE p (a int, b int, PRIMARY KEY (a, b))
CREATE TABLE
db> CREATE TABLE c (a int, b int, CONSTRAINT c_p FOREIGN KEY (a, b) REFERENCES p MATCH FULL)
CREATE TABLE
db> INSERT INTO p VALUES (1, 1)
INSERT 0 1
db> INSERT INTO c VALUES (NULL, NULL), (1, 1)
INSERT 0 2
db> INSERT INTO c VALUES (1, NULL)
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p"
DETAIL: MATCH FULL does not allow mixing of null and nonnull key values.
CONSTRAINT: c_p
db> INSERT INTO c VALUES (2, 2)
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p"
DETAIL: Key (a, b)=(2, 2) is not present in table "p".
CONSTRAINT: c_p
db> UPDATE c SET b = NULL WHERE a = 1
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p"
DETAIL: MATCH FULL does not allow mixing of null and nonnull key values.
CONSTRAINT: c_p
db> UPDATE c SET a = NULL, b = NULL WHERE a = 1
UPDATE 1
db> CREATE TABLE d (a int, b int)
CREATE TABLE
db> INSERT INTO d VALUES (1, NULL)
INSERT 0 1
db> ALTER TABLE d ADD FOREIGN KEY (a, b) REFERENCES p MATCH FULL
ERROR 23503: insert or update on table "d" violates foreign key constraint "d_a_b_fkey"
DETAIL: MATCH FULL does not allow mixing of null and nonnull key values.
CONSTRAINT: d_a_b_fkey
db> ALTER TABLE d ADD FOREIGN KEY (a, b) REFERENCES p
ALTER TABLE
db> CREATE TABLE e (a int, b int, FOREIGN KEY (a, b) REFERENCES p MATCH PARTIAL)
ERROR 0A000: MATCH PARTIAL not yet implemented
