-- SERIALIZABLE prevents Anti-Dependency Cycles (G2) -- Fekete et al's example with two anti-dependency edges.
-- From Hermitage by Martin Kleppmann (https://github.com/ept/hermitage), CC BY 4.0.

setup> create table test (id int primary key, value int)
CREATE TABLE
setup> insert into test (id, value) values (1, 10), (2, 20)
INSERT 0 2

t1> begin
BEGIN
t1> set transaction isolation level serializable
SET
-- Shows 1 => 10, 2 => 20
t1> select * from test
id int4 | value int4
1       | 10
2       | 20
SELECT 2
t2> begin
BEGIN
t2> set transaction isolation level serializable
SET
t2> update test set value = value + 5 where id = 2
UPDATE 1
t2> commit
COMMIT
t3> begin
BEGIN
t3> set transaction isolation level serializable
SET
-- Shows 1 => 10, 2 => 25
t3> select * from test
id int4 | value int4
1       | 10
2       | 25
SELECT 2
t3> commit
COMMIT
-- Prints out "ERROR: could not serialize access due to read/write dependencies among transactions"
t1> update test set value = 0 where id = 1
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
-- There's nothing else we can do, this transaction has failed
t1> abort
ROLLBACK
