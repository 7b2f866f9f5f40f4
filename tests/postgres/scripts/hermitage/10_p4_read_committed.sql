-- READ COMMITTED does not prevent Lost Update (P4).
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
t1> select * from test where id = 1
id int4 | value int4
1       | 10
SELECT 1
t2> select * from test where id = 1
id int4 | value int4
1       | 10
SELECT 1
t1> update test set value = 11 where id = 1
UPDATE 1
-- BLOCKS
t2> update test set value = 11 where id = 1
waits
-- This unblocks T2, so T1's update is overwritten
t1> commit
COMMIT
t2: UPDATE 1
t2> commit
COMMIT
