-- A parent that another transaction has not committed is missing, without a wait.

setup> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
setup> CREATE TABLE c (p int REFERENCES p)
CREATE TABLE
a> BEGIN
BEGIN
a> INSERT INTO p VALUES (1)
INSERT 0 1
b> INSERT INTO c VALUES (1)
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p_fkey"
DETAIL: Key (p)=(1) is not present in table "p".
CONSTRAINT: c_p_fkey
a> COMMIT
COMMIT
b> INSERT INTO c VALUES (1)
INSERT 0 1
