-- Without OF, the rows of all tables in FROM are locked.

setup> CREATE TABLE orders (id int PRIMARY KEY, customer int)
CREATE TABLE
setup> CREATE TABLE customers (id int PRIMARY KEY)
CREATE TABLE
setup> INSERT INTO customers VALUES (1), (2)
INSERT 0 2
setup> INSERT INTO orders VALUES (10, 1)
INSERT 0 1
a> BEGIN
BEGIN
a> SELECT o.id, c.id FROM orders o JOIN customers c ON c.id = o.customer FOR UPDATE
id int4 | id int4
10      | 1
SELECT 1
b> SELECT id FROM customers ORDER BY id FOR UPDATE SKIP LOCKED
id int4
2
SELECT 1
b> SELECT id FROM orders FOR UPDATE NOWAIT
ERROR 55P03: could not obtain lock on row in relation "orders"
a> COMMIT
COMMIT
