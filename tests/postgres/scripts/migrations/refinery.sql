-- What refinery's runner sends.

db> CREATE TABLE IF NOT EXISTS refinery_schema_history(
             version INT4 PRIMARY KEY,
             name VARCHAR(255),
             applied_on VARCHAR(255),
             checksum VARCHAR(255));
CREATE TABLE
db> SELECT version, name, applied_on, checksum     FROM refinery_schema_history ORDER BY version ASC;
version int4 | name varchar | applied_on varchar | checksum varchar
SELECT 0
db> BEGIN
BEGIN
db> CREATE TABLE persons (id int, name varchar(255), city varchar(255))
CREATE TABLE
db> INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES (1, 'initial', '2024-05-01T10:00:00.123456789Z', '17456203584136012345')
INSERT 0 1
db> COMMIT
COMMIT
db> BEGIN
BEGIN
db> CREATE TABLE cars (id int, name varchar(255), brand varchar(255))
CREATE TABLE
db> INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES (2, 'add_cars_table', '2024-05-01T10:00:01Z', '936450123')
INSERT 0 1
db> COMMIT
COMMIT
db> SELECT version, name, applied_on, checksum
    FROM refinery_schema_history WHERE version=(SELECT MAX(version) from refinery_schema_history)
version int4 | name varchar   | applied_on varchar   | checksum varchar
2            | add_cars_table | 2024-05-01T10:00:01Z | 936450123
SELECT 1
db> CREATE TABLE IF NOT EXISTS refinery_schema_history(
             version INT4 PRIMARY KEY,
             name VARCHAR(255),
             applied_on VARCHAR(255),
             checksum VARCHAR(255));
NOTICE 42P07: relation "refinery_schema_history" already exists, skipping
CREATE TABLE
db> SELECT version, name, applied_on, checksum     FROM refinery_schema_history ORDER BY version ASC;
version int4 | name varchar   | applied_on varchar             | checksum varchar
1            | initial        | 2024-05-01T10:00:00.123456789Z | 17456203584136012345
2            | add_cars_table | 2024-05-01T10:00:01Z           | 936450123
SELECT 2
db> BEGIN
BEGIN
db> ALTER TABLE cars ADD year INTEGER
ALTER TABLE
db> ALTER TABLE cars ADD year INTEGER
ERROR 42701: column "year" of relation "cars" already exists
db> INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES (3, 'add_year', '2024-05-01T10:00:02Z', '1')
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
db> ROLLBACK
ROLLBACK
db> INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES (2, 'again', '2024-05-01T10:00:02Z', '1')
ERROR 23505: duplicate key value violates unique constraint "refinery_schema_history_pkey"
DETAIL: Key (version)=(2) already exists.
CONSTRAINT: refinery_schema_history_pkey
db> SELECT version, name FROM refinery_schema_history ORDER BY version
version int4 | name varchar
1            | initial
2            | add_cars_table
SELECT 2
