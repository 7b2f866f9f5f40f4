-- 42704 for a type that does not exist.

db> CREATE TABLE t (n whatever)
ERROR 42704: type "whatever" does not exist
db> SELECT 1::whatever
ERROR 42704: type "whatever" does not exist
db> CREATE TABLE t (n varchar(0))
ERROR 22023: length for type varchar must be at least 1
db> CREATE TABLE t (n numeric(2000, 1))
ERROR 22023: NUMERIC precision 2000 must be between 1 and 1000
