-- REPEATABLE READ prevents Read Skew (G-single) -- test using write predicate.
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
-- Shows 1 => 10
t1> select * from test where id = 1
id int4 | value int4
1       | 10
SELECT 1
t2> select * from test
id int4 | value int4
1       | 10
2       | 20
SELECT 2
t2> update test set value = 12 where id = 1
UPDATE 1
t2> update test set value = 18 where id = 2
UPDATE 1
t2> commit
COMMIT
-- Prints "ERROR: could not serialize access due to concurrent update"
t1> delete from test where value = 20
ERROR 40001: could not serialize access due to concurrent update
-- There's nothing else we can do, this transaction has failed
t1> abort
ROLLBACK
