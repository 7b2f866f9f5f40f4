-- Who makes a relation of a name that another transaction is making waits, and meets the catalog's own key.

a> BEGIN
BEGIN
a> CREATE TABLE one (id int)
CREATE TABLE
b> CREATE TABLE one (id int)
waits
a> COMMIT
COMMIT
b: ERROR 23505: duplicate key value violates unique constraint "pg_type_typname_nsp_index"
b: DETAIL: Key (typname, typnamespace)=(one, #) already exists.
b: CONSTRAINT: pg_type_typname_nsp_index
b> CREATE TABLE one (id int)
ERROR 42P07: relation "one" already exists
a> BEGIN
BEGIN
a> CREATE TABLE two (id int)
CREATE TABLE
b> CREATE TABLE IF NOT EXISTS two (id int)
waits
a> COMMIT
COMMIT
b: ERROR 23505: duplicate key value violates unique constraint "pg_type_typname_nsp_index"
b: DETAIL: Key (typname, typnamespace)=(two, #) already exists.
b: CONSTRAINT: pg_type_typname_nsp_index
b> CREATE TABLE IF NOT EXISTS two (id int)
NOTICE 42P07: relation "two" already exists, skipping
CREATE TABLE
a> BEGIN
BEGIN
a> CREATE TABLE three (id int)
CREATE TABLE
b> CREATE VIEW three AS SELECT 1 AS one
waits
a> ROLLBACK
ROLLBACK
b: CREATE VIEW
a> BEGIN
BEGIN
a> CREATE SEQUENCE four
CREATE SEQUENCE
b> CREATE SEQUENCE four
waits
a> COMMIT
COMMIT
b: ERROR 23505: duplicate key value violates unique constraint "pg_class_relname_nsp_index"
b: DETAIL: Key (relname, relnamespace)=(four, #) already exists.
b: CONSTRAINT: pg_class_relname_nsp_index
-- A name that is being given up is still taken.
a> BEGIN
BEGIN
a> DROP TABLE one
DROP TABLE
b> CREATE TABLE one (other text)
ERROR 42P07: relation "one" already exists
a> COMMIT
COMMIT
b> CREATE TABLE one (other text)
CREATE TABLE
b> BEGIN
BEGIN
b> SET LOCAL lock_timeout = '100ms'
SET
a> BEGIN
BEGIN
a> CREATE TABLE five (id int)
CREATE TABLE
b> CREATE TABLE five (id int)
waits
sleep 200ms
b: ERROR 55P03: canceling statement due to lock timeout
b> ROLLBACK
ROLLBACK
a> COMMIT
COMMIT
b> CREATE TABLE five (id int)
ERROR 42P07: relation "five" already exists
