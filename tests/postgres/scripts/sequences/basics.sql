-- nextval, currval, lastval; 55000 before the first.

db> CREATE SEQUENCE s
CREATE SEQUENCE
db> SELECT currval('s')
ERROR 55000: currval of sequence "s" is not yet defined in this session
db> SELECT lastval()
ERROR 55000: lastval is not yet defined in this session
db> SELECT nextval('s'), nextval('s')
nextval int8 | nextval int8
1            | 2
SELECT 1
db> SELECT currval('s'), lastval()
currval int8 | lastval int8
2            | 2
SELECT 1
db> SELECT nextval('nowhere')
ERROR 42P01: relation "nowhere" does not exist
db> CREATE SEQUENCE s
ERROR 42P07: relation "s" already exists
db> CREATE SEQUENCE IF NOT EXISTS s
NOTICE 42P07: relation "s" already exists, skipping
CREATE SEQUENCE
db> DROP SEQUENCE s
DROP SEQUENCE
db> SELECT nextval('s')
ERROR 42P01: relation "s" does not exist
