-- READ COMMITTED prevents Write Cycles (G0) by locking updated rows.
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
t1> update test set value = 11 where id = 1
UPDATE 1
-- BLOCKS
t2> update test set value = 12 where id = 1
waits
t1> update test set value = 21 where id = 2
UPDATE 1
-- This unblocks T2
t1> commit
COMMIT
t2: UPDATE 1
-- Shows 1 => 11, 2 => 21
t1> select * from test
id int4 | value int4
1       | 11
2       | 21
SELECT 2
t2> update test set value = 22 where id = 2
UPDATE 1
t2> commit
COMMIT
-- Shows 1 => 12, 2 => 22
t1> select * from test
id int4 | value int4
1       | 12
2       | 22
SELECT 2
