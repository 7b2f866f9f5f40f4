-- The condition in the UPDATE is what keeps stock from going below zero.

setup> CREATE TABLE stock (item text PRIMARY KEY, n int CHECK (n >= 0))
CREATE TABLE
setup> INSERT INTO stock VALUES ('tea', 1)
INSERT 0 1
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> UPDATE stock SET n = n - 1 WHERE item = 'tea' AND n > 0
UPDATE 1
b> UPDATE stock SET n = n - 1 WHERE item = 'tea' AND n > 0
waits
a> COMMIT
COMMIT
b: UPDATE 0
b> COMMIT
COMMIT
c> UPDATE stock SET n = n - 1 WHERE item = 'tea'
ERROR 23514: new row for relation "stock" violates check constraint "stock_n_check"
DETAIL: Failing row contains (tea, -1).
CONSTRAINT: stock_n_check
