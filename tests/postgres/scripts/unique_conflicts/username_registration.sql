-- Two people take the same name; the second learns of it when the first commits, or gets it if not.

setup> CREATE TABLE account (id serial PRIMARY KEY, name text NOT NULL, CONSTRAINT account_name_key UNIQUE (name))
CREATE TABLE
a> BEGIN
BEGIN
b> BEGIN
BEGIN
c> BEGIN
BEGIN
a> INSERT INTO account (name) VALUES ('kim') RETURNING id
id int4
1
INSERT 0 1
b> INSERT INTO account (name) VALUES ('kim') RETURNING id
waits
c> INSERT INTO account (name) VALUES ('kim') ON CONFLICT (name) DO NOTHING RETURNING id
waits
a> ROLLBACK
ROLLBACK
b: id int4
b: 2
b: INSERT 0 1
b> COMMIT
COMMIT
c: id int4
c: INSERT 0 0
c> COMMIT
COMMIT
setup> SELECT * FROM account
id int4 | name text
2       | kim
SELECT 1
a> BEGIN
BEGIN
a> UPDATE account SET name = 'lee' WHERE name = 'kim'
UPDATE 1
b> INSERT INTO account (name) VALUES ('kim') RETURNING id
waits
a> COMMIT
COMMIT
b: id int4
b: 4
b: INSERT 0 1
setup> SELECT * FROM account ORDER BY id
id int4 | name text
2       | lee
4       | kim
SELECT 2
