-- OF names whose rows are locked in a join.

setup> CREATE TABLE orders (id int PRIMARY KEY, customer int)
CREATE TABLE
setup> CREATE TABLE customers (id int PRIMARY KEY)
CREATE TABLE
setup> INSERT INTO customers VALUES (1)
INSERT 0 1
setup> INSERT INTO orders VALUES (10, 1)
INSERT 0 1
a> BEGIN
BEGIN
a> SELECT o.id, c.id FROM orders o JOIN customers c ON c.id = o.customer FOR UPDATE OF o
id int4 | id int4
10      | 1
SELECT 1
b> SELECT id FROM customers FOR UPDATE NOWAIT
id int4
1
SELECT 1
b> SELECT id FROM orders FOR UPDATE NOWAIT
ERROR 55P03: could not obtain lock on row in relation "orders"
a> COMMIT
COMMIT
