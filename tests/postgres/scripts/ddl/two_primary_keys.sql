-- One primary key only.

db> CREATE TABLE t (a int PRIMARY KEY, b int PRIMARY KEY)
ERROR 42P16: multiple primary keys for table "t" are not allowed
db> CREATE TABLE t (a int PRIMARY KEY, b int, PRIMARY KEY (a, b))
ERROR 42P16: multiple primary keys for table "t" are not allowed
db> CREATE TABLE t (a int, PRIMARY KEY (nowhere))
ERROR 42703: column "nowhere" named in key does not exist
