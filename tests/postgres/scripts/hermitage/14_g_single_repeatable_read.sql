-- REPEATABLE READ prevents Read Skew (G-single) -- test using predicate dependencies.
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
t1> select * from test where value % 5 = 0
id int4 | value int4
1       | 10
2       | 20
SELECT 2
t2> update test set value = 12 where value = 10
UPDATE 1
t2> commit
COMMIT
-- Returns nothing
t1> select * from test where value % 3 = 0
id int4 | value int4
SELECT 0
t1> commit
COMMIT
