-- ALTER TABLE … ADD FOREIGN KEY checks what is there; NOT VALID does not.

db> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
db> CREATE TABLE c (p int)
CREATE TABLE
db> INSERT INTO c VALUES (1)
INSERT 0 1
db> ALTER TABLE c ADD CONSTRAINT c_p FOREIGN KEY (p) REFERENCES p
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p"
DETAIL: Key (p)=(1) is not present in table "p".
CONSTRAINT: c_p
db> ALTER TABLE c ADD CONSTRAINT c_p FOREIGN KEY (p) REFERENCES p NOT VALID
ALTER TABLE
db> INSERT INTO c VALUES (2)
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p"
DETAIL: Key (p)=(2) is not present in table "p".
CONSTRAINT: c_p
db> INSERT INTO p VALUES (1)
INSERT 0 1
db> ALTER TABLE c VALIDATE CONSTRAINT c_p
ALTER TABLE
