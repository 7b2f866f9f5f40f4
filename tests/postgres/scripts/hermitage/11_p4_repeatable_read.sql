-- REPEATABLE READ prevents Lost Update (P4).
-- From Hermitage by Martin Kleppmann (https://github.com/ept/hermitage), CC BY 4.0.

setup> create table test (id int primary key, value int)
CREATE TABLE
setup> insert into test (id, value) values (1, 10), (2, 20)
INSERT 0 2

t1> begin
BEGIN
t1> set transaction isolation level repeatable read
SET
t2> begin
BEGIN
t2> set transaction isolation level repeatable read
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
-- T2 now prints out "ERROR: could not serialize access due to concurrent update"
t1> commit
COMMIT
t2: ERROR 40001: could not serialize access due to concurrent update
-- There's nothing else we can do, this transaction has failed
t2> abort
ROLLBACK
