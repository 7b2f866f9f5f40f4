-- IF EXISTS likewise; 42P01 without it.

db> DROP TABLE IF EXISTS t
NOTICE 00000: table "t" does not exist, skipping
DROP TABLE
db> DROP TABLE t
ERROR 42P01: table "t" does not exist
db> CREATE TABLE t (n int)
CREATE TABLE
db> CREATE TABLE u (n int)
CREATE TABLE
db> DROP TABLE t, u
DROP TABLE
db> SELECT * FROM t
ERROR 42P01: relation "t" does not exist
