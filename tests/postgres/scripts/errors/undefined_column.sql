-- 42703, with the nearest name in a hint.

db> CREATE TABLE users (id int, email text)
CREATE TABLE
db> SELECT emial FROM users
ERROR 42703: column "emial" does not exist
HINT: Perhaps you meant to reference the column "users.email".
db> SELECT users.emial FROM users
ERROR 42703: column users.emial does not exist
HINT: Perhaps you meant to reference the column "users.email".
db> SELECT u.emial FROM users u
ERROR 42703: column u.emial does not exist
HINT: Perhaps you meant to reference the column "u.email".
db> SELECT id FROM users WHERE nowhere = 1
ERROR 42703: column "nowhere" does not exist
db> SELECT id FROM users ORDER BY nowhere
ERROR 42703: column "nowhere" does not exist
db> SELECT id FROM users GROUP BY nowhere
ERROR 42703: column "nowhere" does not exist
db> INSERT INTO users (emial) VALUES ('x')
ERROR 42703: column "emial" of relation "users" does not exist
db> UPDATE users SET emial = 'x'
ERROR 42703: column "emial" of relation "users" does not exist
db> SELECT "Email" FROM users
ERROR 42703: column "Email" does not exist
HINT: Perhaps you meant to reference the column "users.email".
