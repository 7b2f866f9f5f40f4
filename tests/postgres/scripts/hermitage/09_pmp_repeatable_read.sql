-- REPEATABLE READ prevents Predicate-Many-Preceders (PMP) for write predicates -- example from documentation.
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
t1> update test set value = value + 10
UPDATE 2
-- BLOCKS
t2> delete from test where value = 20
waits
-- T2 now prints out "ERROR: could not serialize access due to concurrent update"
t1> commit
COMMIT
t2: ERROR 40001: could not serialize access due to concurrent update
-- There's nothing else we can do, this transaction has failed
t2> abort
ROLLBACK
