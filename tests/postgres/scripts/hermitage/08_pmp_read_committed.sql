-- READ COMMITTED does not prevent Predicate-Many-Preceders (PMP) for write predicates -- example from documentation.
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
t1> update test set value = value + 10
UPDATE 2
-- BLOCKS
t2> delete from test where value = 20
waits
-- This unblocks T2
t1> commit
COMMIT
t2: DELETE 0
-- returns 1 => 20 (despite ostensibly having been deleted)
t2> select * from test where value = 20
id int4 | value int4
1       | 20
SELECT 1
t2> commit
COMMIT
