-- SERIALIZABLE prevents Write Skew (G2-item).
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
t1> select * from test where id in (1,2)
id int4 | value int4
1       | 10
2       | 20
SELECT 2
t2> select * from test where id in (1,2)
id int4 | value int4
1       | 10
2       | 20
SELECT 2
t1> update test set value = 11 where id = 1
UPDATE 1
t2> update test set value = 21 where id = 2
UPDATE 1
t1> commit
COMMIT
-- Prints out "ERROR: could not serialize access due to read/write dependencies among transactions"
t2> commit
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
