-- IF NOT EXISTS says so in a notice; without it 42P07.

db> CREATE TABLE t (n int)
CREATE TABLE
db> CREATE TABLE IF NOT EXISTS t (m text)
NOTICE 42P07: relation "t" already exists, skipping
CREATE TABLE
db> CREATE TABLE t (m text)
ERROR 42P07: relation "t" already exists
db> SELECT * FROM t
n int4
SELECT 0
