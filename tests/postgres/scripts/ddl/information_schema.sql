-- What migration tools read.

db> CREATE TABLE t (id int PRIMARY KEY, name varchar(10) NOT NULL, n numeric(6,2) DEFAULT 1)
CREATE TABLE
db> SELECT table_schema, table_name, table_type FROM information_schema.tables WHERE table_schema = 'public'
table_schema name | table_name name | table_type varchar
public            | t               | BASE TABLE
SELECT 1
db> SELECT column_name, data_type, is_nullable, character_maximum_length, numeric_precision, numeric_scale
    FROM information_schema.columns WHERE table_name = 't' ORDER BY ordinal_position
column_name name | data_type varchar | is_nullable varchar | character_maximum_length int4 | numeric_precision int4 | numeric_scale int4
id               | integer           | NO                  | NULL                          | 32                     | 0
name             | character varying | NO                  | 10                            | NULL                   | NULL
n                | numeric           | YES                 | NULL                          | 6                      | 2
SELECT 3
db> SELECT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name = 'nowhere') AS there
there bool
f
SELECT 1
db> SELECT to_regclass('t') IS NULL AS t, to_regclass('nowhere') IS NULL AS nowhere
t bool | nowhere bool
f      | t
SELECT 1
db> SELECT count(*) FROM pg_class WHERE relname = 't' AND relkind = 'r'
count int8
1
SELECT 1
