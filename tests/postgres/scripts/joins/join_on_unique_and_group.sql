-- The usual report: customers, their orders, sums.

db> CREATE TABLE customers (id int PRIMARY KEY, name text)
CREATE TABLE
db> CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers, total numeric(8,2))
CREATE TABLE
db> INSERT INTO customers VALUES (1, 'ann'), (2, 'bob'), (3, 'cid')
INSERT 0 3
db> INSERT INTO orders VALUES (1, 1, 10.50), (2, 1, 20), (3, 2, 5.25)
INSERT 0 3
db> SELECT c.name, count(o.id) AS orders, coalesce(sum(o.total), 0) AS total, max(o.total) FROM customers c LEFT JOIN orders o ON o.customer = c.id GROUP BY c.id ORDER BY c.id
name text | orders int8 | total numeric | max numeric
ann       | 2           | 30.50         | 20.00
bob       | 1           | 5.25          | 5.25
cid       | 0           | 0             | NULL
SELECT 3
db> SELECT c.name FROM customers c JOIN orders o ON o.customer = c.id GROUP BY c.id, c.name HAVING sum(o.total) > 10 ORDER BY 1
name text
ann
SELECT 1
