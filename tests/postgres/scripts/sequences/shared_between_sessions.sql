-- All sessions draw from one sequence; currval is the session's own.

a> CREATE SEQUENCE s
CREATE SEQUENCE
a> SELECT nextval('s')
nextval int8
1
SELECT 1
b> SELECT nextval('s')
nextval int8
2
SELECT 1
a> SELECT currval('s')
currval int8
1
SELECT 1
b> SELECT currval('s')
currval int8
2
SELECT 1
c> SELECT currval('s')
ERROR 55000: currval of sequence "s" is not yet defined in this session
a> BEGIN
BEGIN
a> SELECT nextval('s')
nextval int8
3
SELECT 1
b> SELECT nextval('s')
nextval int8
4
SELECT 1
a> ROLLBACK
ROLLBACK
a> SELECT currval('s')
currval int8
3
SELECT 1
