-- NOT VALID leaves old rows alone; VALIDATE CONSTRAINT looks at them.

db> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
db> CREATE TABLE c (p int, n int)
CREATE TABLE
db> INSERT INTO c VALUES (1, -1)
INSERT 0 1
db> ALTER TABLE c ADD CONSTRAINT c_p FOREIGN KEY (p) REFERENCES p NOT VALID
ALTER TABLE
db> ALTER TABLE c ADD CONSTRAINT c_n CHECK (n > 0) NOT VALID
ALTER TABLE
db> INSERT INTO c VALUES (2, 1)
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p"
DETAIL: Key (p)=(2) is not present in table "p".
CONSTRAINT: c_p
db> INSERT INTO c VALUES (NULL, 0)
ERROR 23514: new row for relation "c" violates check constraint "c_n"
DETAIL: Failing row contains (null, 0).
CONSTRAINT: c_n
db> UPDATE c SET n = -2
ERROR 23514: new row for relation "c" violates check constraint "c_n"
DETAIL: Failing row contains (1, -2).
CONSTRAINT: c_n
db> UPDATE c SET n = 5
UPDATE 1
db> ALTER TABLE c VALIDATE CONSTRAINT c_n
ALTER TABLE
db> ALTER TABLE c VALIDATE CONSTRAINT c_p
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p"
DETAIL: Key (p)=(1) is not present in table "p".
CONSTRAINT: c_p
db> UPDATE c SET p = 1
UPDATE 1
db> UPDATE c SET p = 2
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p"
DETAIL: Key (p)=(2) is not present in table "p".
CONSTRAINT: c_p
db> INSERT INTO p VALUES (1)
INSERT 0 1
db> ALTER TABLE c VALIDATE CONSTRAINT c_p
ALTER TABLE
db> ALTER TABLE c VALIDATE CONSTRAINT c_p
ALTER TABLE
db> ALTER TABLE c VALIDATE CONSTRAINT nowhere
ERROR 42704: constraint "nowhere" of relation "c" does not exist
db> ALTER TABLE p VALIDATE CONSTRAINT p_pkey
ERROR 42809: constraint "p_pkey" of relation "p" is not a foreign key or check constraint
