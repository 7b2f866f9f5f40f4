-- Transfers at READ COMMITTED add up, whatever the order.

setup> CREATE TABLE account (id int PRIMARY KEY, balance numeric(10,2) NOT NULL CHECK (balance >= 0))
CREATE TABLE
setup> INSERT INTO account VALUES (1, 100), (2, 100), (3, 0)
INSERT 0 3
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> UPDATE account SET balance = balance - 80 WHERE id = 1
UPDATE 1
b> UPDATE account SET balance = balance - 30 WHERE id = 1
waits
a> UPDATE account SET balance = balance + 80 WHERE id = 2
UPDATE 1
a> COMMIT
COMMIT
b: ERROR 23514: new row for relation "account" violates check constraint "account_balance_check"
b: DETAIL: Failing row contains (1, -10.00).
b: CONSTRAINT: account_balance_check
b> ROLLBACK
ROLLBACK
b> BEGIN
BEGIN
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT sum(balance) FROM account
sum numeric
200.00
SELECT 1
b> UPDATE account SET balance = balance + 5 WHERE id = 3
UPDATE 1
b> COMMIT
COMMIT
a> SELECT sum(balance) FROM account
sum numeric
200.00
SELECT 1
a> UPDATE account SET balance = balance + 1 WHERE id = 3
ERROR 40001: could not serialize access due to concurrent update
a> ROLLBACK
ROLLBACK
a> UPDATE account SET balance = balance - 1000 WHERE id = 2 RETURNING balance
ERROR 23514: new row for relation "account" violates check constraint "account_balance_check"
DETAIL: Failing row contains (2, -820.00).
CONSTRAINT: account_balance_check
a> WITH d AS (UPDATE account SET balance = balance - 10 WHERE id = 2 AND balance >= 10 RETURNING id) UPDATE account SET balance = balance + 10 WHERE id = 3 AND EXISTS (SELECT 1 FROM d)
UPDATE 1
setup> SELECT * FROM account ORDER BY id
id int4 | balance numeric
1       | 20.00
2       | 170.00
3       | 15.00
SELECT 3
