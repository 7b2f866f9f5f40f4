-- What a foreign key must refer to.

db> CREATE TABLE p (id int PRIMARY KEY, n int, t text UNIQUE)
CREATE TABLE
db> CREATE TABLE c (p int REFERENCES p (n))
ERROR 42830: there is no unique constraint matching given keys for referenced table "p"
db> CREATE TABLE c (p int REFERENCES nowhere)
ERROR 42P01: relation "nowhere" does not exist
db> CREATE TABLE c (p int REFERENCES p (nowhere))
ERROR 42703: column "nowhere" referenced in foreign key constraint does not exist
db> CREATE TABLE c (p int REFERENCES p (t))
ERROR 42804: foreign key constraint "c_p_fkey" cannot be implemented
DETAIL: Key columns "p" and "t" are of incompatible types: integer and text.
db> CREATE TABLE q (n int)
CREATE TABLE
db> CREATE TABLE c (p int REFERENCES q)
ERROR 42704: there is no primary key for referenced table "q"
db> CREATE TABLE c (a int, b int, FOREIGN KEY (a, b) REFERENCES p (id))
ERROR 42830: number of referencing and referenced columns for foreign key disagree
