-- Two accounts, one limit over both: the classic withdrawal.

setup> CREATE TABLE acct (id int PRIMARY KEY, balance int)
CREATE TABLE
setup> INSERT INTO acct VALUES (1, 60), (2, 60)
INSERT 0 2
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT sum(balance) FROM acct
sum int8
120
SELECT 1
b> SELECT sum(balance) FROM acct
sum int8
120
SELECT 1
a> UPDATE acct SET balance = balance - 100 WHERE id = 1
UPDATE 1
b> UPDATE acct SET balance = balance - 100 WHERE id = 2
UPDATE 1
b> COMMIT
COMMIT
a> COMMIT
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
