-- ON DELETE SET NULL (columns) leaves the others.

db> CREATE TABLE tenant_user (tenant int, id int, PRIMARY KEY (tenant, id))
CREATE TABLE
db> CREATE TABLE post (id int PRIMARY KEY, tenant int NOT NULL, author int, FOREIGN KEY (tenant, author) REFERENCES tenant_user ON DELETE SET NULL (author))
CREATE TABLE
db> INSERT INTO tenant_user VALUES (1, 1), (1, 2)
INSERT 0 2
db> INSERT INTO post VALUES (1, 1, 1), (2, 1, 2)
INSERT 0 2
db> DELETE FROM tenant_user WHERE id = 1
DELETE 1
db> SELECT * FROM post ORDER BY id
id int4 | tenant int4 | author int4
1       | 1           | NULL
2       | 1           | 2
SELECT 2
db> CREATE TABLE bad (a int, b int, FOREIGN KEY (a, b) REFERENCES tenant_user ON DELETE SET NULL (nowhere))
ERROR 42703: column "nowhere" referenced in foreign key constraint does not exist
db> CREATE TABLE bad (a int, b int, c int, FOREIGN KEY (a, b) REFERENCES tenant_user ON DELETE SET NULL (c))
ERROR 42P10: column "c" referenced in ON DELETE SET action must be part of foreign key
db> CREATE TABLE bad (a int, b int, FOREIGN KEY (a, b) REFERENCES tenant_user ON UPDATE SET NULL (a))
ERROR 0A000: a column list with SET NULL is only supported for ON DELETE actions
db> CREATE TABLE d (a int DEFAULT 1, b int DEFAULT 2, FOREIGN KEY (a, b) REFERENCES tenant_user ON DELETE SET DEFAULT)
CREATE TABLE
db> INSERT INTO tenant_user VALUES (1, 5)
INSERT 0 1
db> INSERT INTO d VALUES (1, 5)
INSERT 0 1
db> DELETE FROM tenant_user WHERE id = 5
DELETE 1
db> SELECT * FROM d
a int4 | b int4
1      | 2
SELECT 1
db> DELETE FROM tenant_user
ERROR 23503: update or delete on table "tenant_user" violates foreign key constraint "d_a_b_fkey" on table "d"
DETAIL: Key (tenant, id)=(1, 2) is still referenced from table "d".
CONSTRAINT: d_a_b_fkey
