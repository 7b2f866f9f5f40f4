-- The names that PostgreSQL gives to constraints, as seen in violations.

db> CREATE TABLE stock (id int PRIMARY KEY, sku text UNIQUE, n int CHECK (n >= 0), a int, b int, UNIQUE (a, b), CHECK (a < b))
CREATE TABLE
db> INSERT INTO stock VALUES (1, 'x', 1, 1, 2)
INSERT 0 1
db> INSERT INTO stock VALUES (1, 'y', 1, 3, 4)
ERROR 23505: duplicate key value violates unique constraint "stock_pkey"
DETAIL: Key (id)=(1) already exists.
CONSTRAINT: stock_pkey
db> INSERT INTO stock VALUES (2, 'x', 1, 3, 4)
ERROR 23505: duplicate key value violates unique constraint "stock_sku_key"
DETAIL: Key (sku)=(x) already exists.
CONSTRAINT: stock_sku_key
db> INSERT INTO stock VALUES (2, 'y', -1, 3, 4)
ERROR 23514: new row for relation "stock" violates check constraint "stock_n_check"
DETAIL: Failing row contains (2, y, -1, 3, 4).
CONSTRAINT: stock_n_check
db> INSERT INTO stock VALUES (2, 'y', 1, 1, 2)
ERROR 23505: duplicate key value violates unique constraint "stock_a_b_key"
DETAIL: Key (a, b)=(1, 2) already exists.
CONSTRAINT: stock_a_b_key
db> INSERT INTO stock VALUES (2, 'y', 1, 5, 4)
ERROR 23514: new row for relation "stock" violates check constraint "stock_check"
DETAIL: Failing row contains (2, y, 1, 5, 4).
CONSTRAINT: stock_check
