-- SET CONSTRAINTS decides when; IMMEDIATE checks at once.

db> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
db> CREATE TABLE c (p int CONSTRAINT c_p REFERENCES p DEFERRABLE)
CREATE TABLE
db> INSERT INTO c VALUES (1)
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p"
DETAIL: Key (p)=(1) is not present in table "p".
CONSTRAINT: c_p
db> BEGIN
BEGIN
db> SET CONSTRAINTS c_p DEFERRED
SET CONSTRAINTS
db> INSERT INTO c VALUES (1)
INSERT 0 1
db> SET CONSTRAINTS ALL IMMEDIATE
ERROR 23503: insert or update on table "c" violates foreign key constraint "c_p"
DETAIL: Key (p)=(1) is not present in table "p".
CONSTRAINT: c_p
db> ROLLBACK
ROLLBACK
db> BEGIN
BEGIN
db> SET CONSTRAINTS nowhere DEFERRED
ERROR 42704: constraint "nowhere" does not exist
db> ROLLBACK
ROLLBACK
