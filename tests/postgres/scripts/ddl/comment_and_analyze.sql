-- Statements that change nothing an application sees.

db> CREATE TABLE t (n int)
CREATE TABLE
db> COMMENT ON TABLE t IS 'a table'
COMMENT
db> COMMENT ON COLUMN t.n IS 'a number'
COMMENT
db> COMMENT ON COLUMN t.m IS 'nothing'
ERROR 42703: column "m" of relation "t" does not exist
db> ANALYZE t
ANALYZE
db> VACUUM t
VACUUM
db> BEGIN
BEGIN
db> VACUUM t
ERROR 25001: VACUUM cannot run inside a transaction block
db> ROLLBACK
ROLLBACK
