-- READ COMMITTED prevents Aborted Reads (G1a).
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
t1> update test set value = 101 where id = 1
UPDATE 1
-- Still shows 1 => 10
t2> select * from test
id int4 | value int4
1       | 10
2       | 20
SELECT 2
t1> abort
ROLLBACK
-- Still shows 1 => 10
t2> select * from test
id int4 | value int4
1       | 10
2       | 20
SELECT 2
t2> commit
COMMIT
