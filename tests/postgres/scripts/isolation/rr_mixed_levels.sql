-- Levels mixed: each session by its own rules.

setup> CREATE TABLE stock (sku text PRIMARY KEY, n int NOT NULL)
CREATE TABLE
setup> INSERT INTO stock VALUES ('tea', 5), ('jam', 5)
INSERT 0 2
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
b> BEGIN
BEGIN
c> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT * FROM stock ORDER BY sku
sku text | n int4
jam      | 5
tea      | 5
SELECT 2
c> SELECT n FROM stock WHERE sku = 'jam'
n int4
5
SELECT 1
b> UPDATE stock SET n = n - 1
UPDATE 2
a> UPDATE stock SET n = n - 1 WHERE sku = 'tea'
waits
b> COMMIT
COMMIT
a: ERROR 40001: could not serialize access due to concurrent update
c> SELECT n FROM stock WHERE sku = 'tea'
n int4
5
SELECT 1
c> UPDATE stock SET n = 0 WHERE sku = 'jam'
ERROR 40001: could not serialize access due to concurrent update
a> ROLLBACK
ROLLBACK
c> ROLLBACK
ROLLBACK
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT count(*) FROM stock
count int8
2
SELECT 1
b> INSERT INTO stock VALUES ('new', 1)
INSERT 0 1
a> INSERT INTO stock VALUES ('new', 2)
ERROR 23505: duplicate key value violates unique constraint "stock_pkey"
DETAIL: Key (sku)=(new) already exists.
CONSTRAINT: stock_pkey
a> ROLLBACK
ROLLBACK
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT count(*) FROM stock
count int8
3
SELECT 1
b> INSERT INTO stock VALUES ('newer', 1)
INSERT 0 1
a> INSERT INTO stock VALUES ('newer', 2) ON CONFLICT DO NOTHING
ERROR 40001: could not serialize access due to concurrent update
a> ROLLBACK
ROLLBACK
