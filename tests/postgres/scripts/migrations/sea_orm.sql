-- What sea-orm's migrator sends.

db> CREATE TABLE IF NOT EXISTS "seaql_migrations" ( "version" varchar NOT NULL PRIMARY KEY, "applied_at" bigint NOT NULL )
CREATE TABLE
db> SELECT "seaql_migrations"."version", "seaql_migrations"."applied_at" FROM "seaql_migrations" ORDER BY "seaql_migrations"."version" ASC
version varchar | applied_at int8
SELECT 0
db> SELECT COUNT(*) > 0 AS "has_table" FROM "information_schema"."tables" WHERE "table_schema" = CURRENT_SCHEMA() AND "table_name" = 'cake'
has_table bool
f
SELECT 1
db> BEGIN
BEGIN
db> CREATE TABLE IF NOT EXISTS "cake" ( "id" serial NOT NULL PRIMARY KEY, "name" varchar NOT NULL )
CREATE TABLE
db> CREATE TABLE "fruit" ( "id" serial NOT NULL PRIMARY KEY, "name" varchar NOT NULL, "cake_id" integer, CONSTRAINT "fk-fruit-cake_id" FOREIGN KEY ("cake_id") REFERENCES "cake" ("id") ON DELETE CASCADE ON UPDATE CASCADE )
CREATE TABLE
db> CREATE INDEX "cake_name_index" ON "cake" ("name")
CREATE INDEX
db> SELECT COUNT(*) > 0 AS "has_table" FROM "information_schema"."tables" WHERE "table_schema" = CURRENT_SCHEMA() AND "table_name" = 'cake'
has_table bool
t
SELECT 1
db> SELECT COUNT(*) > 0 AS "has_column" FROM "information_schema"."columns" WHERE "table_schema" = CURRENT_SCHEMA() AND "table_name" = 'cake' AND "column_name" = 'name'
has_column bool
t
SELECT 1
db> SELECT COUNT(*) > 0 AS "has_index" FROM "pg_indexes" WHERE "pg_indexes"."schemaname" = CURRENT_SCHEMA() AND "tablename" = 'cake' AND "indexname" = 'cake_name_index'
has_index bool
t
SELECT 1
db> INSERT INTO "seaql_migrations" ("version", "applied_at") VALUES ('m20220118_000001_create_cake_table', 1700000000)
INSERT 0 1
db> COMMIT
COMMIT
db> SELECT "table_name" FROM "information_schema"."tables" WHERE "table_schema" = CURRENT_SCHEMA() AND "table_type" = 'BASE TABLE' ORDER BY "table_name"
table_name name
cake
fruit
seaql_migrations
SELECT 3
db> ALTER TABLE "fruit" DROP CONSTRAINT "fk-fruit-cake_id"
ALTER TABLE
db> SELECT "constraint_name" FROM "information_schema"."table_constraints" WHERE "table_schema" = CURRENT_SCHEMA() AND "table_name" = 'fruit' AND "constraint_type" = 'FOREIGN KEY'
constraint_name name
SELECT 0
db> DROP TABLE IF EXISTS "cake" CASCADE
DROP TABLE
db> DELETE FROM "seaql_migrations" WHERE "seaql_migrations"."version" = 'm20220118_000001_create_cake_table'
DELETE 1
