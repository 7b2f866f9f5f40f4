-- MERGE as an upsert: both miss, one inserts, the other gets 23505; a rollback lets it pass.

setup> CREATE TABLE users (email text PRIMARY KEY, logins int NOT NULL DEFAULT 1)
CREATE TABLE
a> BEGIN
BEGIN
a> MERGE INTO users u USING (VALUES ('x@y')) v (email) ON u.email = v.email
    WHEN MATCHED THEN UPDATE SET logins = u.logins + 1 WHEN NOT MATCHED THEN INSERT (email) VALUES (v.email)
MERGE 1
b> MERGE INTO users u USING (VALUES ('x@y')) v (email) ON u.email = v.email
    WHEN MATCHED THEN UPDATE SET logins = u.logins + 1 WHEN NOT MATCHED THEN INSERT (email) VALUES (v.email)
waits
a> ROLLBACK
ROLLBACK
b: MERGE 1
a> BEGIN
BEGIN
a> MERGE INTO users u USING (VALUES ('x@y'), ('new@y')) v (email) ON u.email = v.email
    WHEN MATCHED THEN UPDATE SET logins = u.logins + 1 WHEN NOT MATCHED THEN INSERT (email) VALUES (v.email)
MERGE 2
b> MERGE INTO users u USING (VALUES ('new@y')) v (email) ON u.email = v.email
    WHEN MATCHED THEN UPDATE SET logins = u.logins + 1 WHEN NOT MATCHED THEN INSERT (email) VALUES (v.email)
waits
a> COMMIT
COMMIT
b: ERROR 23505: duplicate key value violates unique constraint "users_pkey"
b: DETAIL: Key (email)=(new@y) already exists.
b: CONSTRAINT: users_pkey
b> SELECT * FROM users ORDER BY email
email text | logins int4
new@y      | 1
x@y        | 2
SELECT 2
