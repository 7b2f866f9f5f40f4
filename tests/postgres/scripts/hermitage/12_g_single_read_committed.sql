-- READ COMMITTED does not prevent Read Skew (G-single).
-- From Hermitage by Martin Kleppmann (https://github.com/ept/hermitage), CC BY 4.0.

setup> create table test (id int primary key, value int)
CREATE TABLE
setup> insert into test (id, value) values (1, 10), (2, 20)
INSERT 0 2

t1> begin
BEGIN
t1> set transaction isolation level read committed
SET
t2> begin
BEGIN
t2> set transaction isolation level read committed
SET
-- Shows 1 => 10
t1> select * from test where id = 1
id int4 | value int4
1       | 10
SELECT 1
t2> select * from test where id = 1
id int4 | value int4
1       | 10
SELECT 1
t2> select * from test where id = 2
id int4 | value int4
2       | 20
SELECT 1
t2> update test set value = 12 where id = 1
UPDATE 1
t2> update test set value = 18 where id = 2
UPDATE 1
t2> commit
COMMIT
-- Shows 2 => 18
t1> select * from test where id = 2
id int4 | value int4
2       | 18
SELECT 1
t1> commit
COMMIT
