-- SERIALIZABLE prevents Anti-Dependency Cycles (G2).
-- From Hermitage by Martin Kleppmann (https://github.com/ept/hermitage), CC BY 4.0.

setup> create table test (id int primary key, value int)
CREATE TABLE
setup> insert into test (id, value) values (1, 10), (2, 20)
INSERT 0 2

t1> begin
BEGIN
t1> set transaction isolation level serializable
SET
t2> begin
BEGIN
t2> set transaction isolation level serializable
SET
t1> select * from test where value % 3 = 0
id int4 | value int4
SELECT 0
t2> select * from test where value % 3 = 0
id int4 | value int4
SELECT 0
t1> insert into test (id, value) values(3, 30)
INSERT 0 1
t2> insert into test (id, value) values(4, 42)
INSERT 0 1
t1> commit
COMMIT
-- Prints out "ERROR: could not serialize access due to read/write dependencies among transactions"
t2> commit
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
