-- A misspelt column is met with the nearest one, if it is near enough.

db> CREATE TABLE users (id int PRIMARY KEY, email text, first_name text, last_name text, created_at timestamp)
CREATE TABLE
db> CREATE TABLE orders (id int PRIMARY KEY, user_id int, total numeric, created_at timestamp)
CREATE TABLE
db> SELECT emial FROM users
ERROR 42703: column "emial" does not exist
HINT: Perhaps you meant to reference the column "users.email".
db> SELECT frist_name FROM users
ERROR 42703: column "frist_name" does not exist
HINT: Perhaps you meant to reference the column "users.first_name".
db> SELECT name FROM users
ERROR 42703: column "name" does not exist
db> SELECT xx_name FROM users
ERROR 42703: column "xx_name" does not exist
db> SELECT createdat FROM users
ERROR 42703: column "createdat" does not exist
HINT: Perhaps you meant to reference the column "users.created_at".
db> SELECT created FROM users
ERROR 42703: column "created" does not exist
HINT: Perhaps you meant to reference the column "users.created_at".
db> SELECT "Email" FROM users
ERROR 42703: column "Email" does not exist
HINT: Perhaps you meant to reference the column "users.email".
db> SELECT userid FROM orders
ERROR 42703: column "userid" does not exist
HINT: Perhaps you meant to reference the column "orders.user_id".
db> SELECT u.userid FROM orders o JOIN users u ON u.id = o.user_id
ERROR 42703: column u.userid does not exist
HINT: Perhaps you meant to reference the column "o.user_id".
db> SELECT o.emial FROM orders o JOIN users u ON u.id = o.user_id
ERROR 42703: column o.emial does not exist
HINT: Perhaps you meant to reference the column "u.email".
db> SELECT o.email FROM orders o JOIN users u ON u.id = o.user_id
ERROR 42703: column o.email does not exist
HINT: Perhaps you meant to reference the column "u.email".
db> SELECT ord.total FROM orders o
ERROR 42P01: missing FROM-clause entry for table "ord"
db> SELECT orders.total FROM orders o
ERROR 42P01: invalid reference to FROM-clause entry for table "orders"
HINT: Perhaps you meant to reference the table alias "o".
db> SELECT users.id FROM orders
ERROR 42P01: missing FROM-clause entry for table "users"
db> SELECT creatd_at FROM orders, users
ERROR 42703: column "creatd_at" does not exist
HINT: Perhaps you meant to reference the column "orders.created_at" or the column "users.created_at".
db> SELECT creatd_at FROM orders a, orders b, users c
ERROR 42703: column "creatd_at" does not exist
db> SELECT totl FROM orders WHERE totl > 1
ERROR 42703: column "totl" does not exist
HINT: Perhaps you meant to reference the column "orders.total".
db> SELECT id FROM orders WHERE totla > 1
ERROR 42703: column "totla" does not exist
HINT: Perhaps you meant to reference the column "orders.total".
db> SELECT id FROM orders ORDER BY totla
ERROR 42703: column "totla" does not exist
HINT: Perhaps you meant to reference the column "orders.total".
db> SELECT count(*) FROM orders GROUP BY user_idd
ERROR 42703: column "user_idd" does not exist
HINT: Perhaps you meant to reference the column "orders.user_id".
db> SELECT sum(total) s FROM orders HAVING totals > 1
ERROR 42703: column "totals" does not exist
HINT: Perhaps you meant to reference the column "orders.total".
db> SELECT (SELECT emali FROM users u WHERE u.id = o.user_id) FROM orders o
ERROR 42703: column "emali" does not exist
HINT: Perhaps you meant to reference the column "u.email".
db> SELECT (SELECT totl FROM users u WHERE u.id = o.user_id) FROM orders o
ERROR 42703: column "totl" does not exist
HINT: Perhaps you meant to reference the column "o.total".
db> UPDATE users SET emial = 'x'
ERROR 42703: column "emial" of relation "users" does not exist
db> UPDATE users SET email = emial
ERROR 42703: column "emial" does not exist
HINT: Perhaps you meant to reference the column "users.email".
db> UPDATE users SET email = 'x' WHERE idd = 1
ERROR 42703: column "idd" does not exist
HINT: Perhaps you meant to reference the column "users.id".
db> UPDATE users u SET email = 'x' WHERE users.id = 1
ERROR 42P01: invalid reference to FROM-clause entry for table "users"
HINT: Perhaps you meant to reference the table alias "u".
db> DELETE FROM users WHERE emails = 'x'
ERROR 42703: column "emails" does not exist
HINT: Perhaps you meant to reference the column "users.email".
db> DELETE FROM users USING orders WHERE orders.userid = users.id
ERROR 42703: column orders.userid does not exist
HINT: Perhaps you meant to reference the column "orders.user_id".
db> INSERT INTO users (id, emial) VALUES (1, 'x')
ERROR 42703: column "emial" of relation "users" does not exist
db> INSERT INTO users (id, email) VALUES (1, email)
ERROR 42703: column "email" does not exist
HINT: There is a column named "email" in table "users", but it cannot be referenced from this part of the query.
db> INSERT INTO users (id, email) VALUES (1, emial)
ERROR 42703: column "emial" does not exist
HINT: Perhaps you meant to reference the column "users.email".
db> INSERT INTO users (id, email) VALUES (1, users.email)
ERROR 42P01: invalid reference to FROM-clause entry for table "users"
HINT: There is an entry for table "users", but it cannot be referenced from this part of the query.
db> INSERT INTO users (id, email) SELECT id, emial FROM orders
ERROR 42703: column "emial" does not exist
HINT: Perhaps you meant to reference the column "users.email".
db> INSERT INTO users (id) VALUES (1) RETURNING idd
ERROR 42703: column "idd" does not exist
HINT: Perhaps you meant to reference the column "users.id".
db> INSERT INTO users (id) VALUES (1) ON CONFLICT (idd) DO NOTHING
ERROR 42703: column "idd" does not exist
HINT: Perhaps you meant to reference the column "users.id".
db> INSERT INTO users (id) VALUES (1) ON CONFLICT (idd) DO UPDATE SET email = 'x'
ERROR 42703: column "idd" does not exist
HINT: Perhaps you meant to reference the column "users.id" or the column "excluded.id".
db> INSERT INTO users (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET email = excluded.emial
ERROR 42703: column excluded.emial does not exist
HINT: Perhaps you meant to reference the column "excluded.email".
db> INSERT INTO users (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET email = excludd.email
ERROR 42P01: missing FROM-clause entry for table "excludd"
db> WITH c AS (SELECT id AS number FROM users) SELECT numbr FROM c
ERROR 42703: column "numbr" does not exist
HINT: Perhaps you meant to reference the column "c.number".
db> SELECT s.numbr FROM (SELECT id AS number FROM users) s
ERROR 42703: column s.numbr does not exist
HINT: Perhaps you meant to reference the column "s.number".
db> SELECT numbr FROM generate_series(1, 2) AS number
ERROR 42703: column "numbr" does not exist
HINT: Perhaps you meant to reference the column "number.number".
db> SELECT v.naem FROM (VALUES (1, 'a')) v (id, name)
ERROR 42703: column v.naem does not exist
HINT: Perhaps you meant to reference the column "v.name".
