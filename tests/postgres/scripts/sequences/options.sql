-- INCREMENT, MINVALUE, MAXVALUE, CYCLE, START.

db> CREATE SEQUENCE s START 5 INCREMENT 5 MAXVALUE 15
CREATE SEQUENCE
db> SELECT nextval('s'), nextval('s'), nextval('s')
nextval int8 | nextval int8 | nextval int8
5            | 10           | 15
SELECT 1
db> SELECT nextval('s')
ERROR 2200H: nextval: reached maximum value of sequence "s" (15)
db> CREATE SEQUENCE c MINVALUE 1 MAXVALUE 2 CYCLE
CREATE SEQUENCE
db> SELECT nextval('c'), nextval('c'), nextval('c')
nextval int8 | nextval int8 | nextval int8
1            | 2            | 1
SELECT 1
db> CREATE SEQUENCE d INCREMENT -1
CREATE SEQUENCE
db> SELECT nextval('d'), nextval('d')
nextval int8 | nextval int8
-1           | -2
SELECT 1
db> CREATE SEQUENCE bad MINVALUE 10 MAXVALUE 5
ERROR 22023: MINVALUE (10) must be less than MAXVALUE (5)
db> CREATE SEQUENCE bad INCREMENT 0
ERROR 22023: INCREMENT must not be zero
db> ALTER SEQUENCE s RESTART WITH 7
ALTER SEQUENCE
db> SELECT nextval('s')
nextval int8
7
SELECT 1
