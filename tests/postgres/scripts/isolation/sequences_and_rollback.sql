-- Sequences do not wait and do not roll back.

setup> CREATE TABLE ord (id bigserial PRIMARY KEY, what text)
CREATE TABLE
a> BEGIN
BEGIN
a> INSERT INTO ord (what) VALUES ('a') RETURNING id
id int8
1
INSERT 0 1
b> INSERT INTO ord (what) VALUES ('b') RETURNING id
id int8
2
INSERT 0 1
a> SELECT currval('ord_id_seq'), lastval()
currval int8 | lastval int8
1            | 1
SELECT 1
a> ROLLBACK
ROLLBACK
a> INSERT INTO ord (what) VALUES ('c') RETURNING id
id int8
3
INSERT 0 1
b> SELECT currval('ord_id_seq')
currval int8
2
SELECT 1
c> SELECT currval('ord_id_seq')
ERROR 55000: currval of sequence "ord_id_seq" is not yet defined in this session
a> BEGIN
BEGIN
a> SELECT setval('ord_id_seq', 100)
setval int8
100
SELECT 1
b> SELECT nextval('ord_id_seq')
nextval int8
101
SELECT 1
a> ROLLBACK
ROLLBACK
b> SELECT nextval('ord_id_seq')
nextval int8
102
SELECT 1
