-- READ COMMITTED prevents Observed Transaction Vanishes (OTV).
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
t3> begin
BEGIN
t3> set transaction isolation level read committed
SET
t1> update test set value = 11 where id = 1
UPDATE 1
t1> update test set value = 19 where id = 2
UPDATE 1
-- BLOCKS
t2> update test set value = 12 where id = 1
waits
-- This unblocks T2
t1> commit
COMMIT
t2: UPDATE 1
-- Shows 1 => 11
t3> select * from test where id = 1
id int4 | value int4
1       | 11
SELECT 1
t2> update test set value = 18 where id = 2
UPDATE 1
-- Shows 2 => 19
t3> select * from test where id = 2
id int4 | value int4
2       | 19
SELECT 1
t2> commit
COMMIT
-- Shows 2 => 18
t3> select * from test where id = 2
id int4 | value int4
2       | 18
SELECT 1
-- Shows 1 => 12
t3> select * from test where id = 1
id int4 | value int4
1       | 12
SELECT 1
t3> commit
COMMIT
