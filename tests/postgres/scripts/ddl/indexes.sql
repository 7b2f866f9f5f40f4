-- CREATE and DROP INDEX: names, IF NOT EXISTS, what an index belongs to.

db> CREATE TABLE t (id int PRIMARY KEY, a int, b text)
CREATE TABLE
db> CREATE INDEX ON t (a)
CREATE INDEX
db> CREATE INDEX t_a_idx ON t (a)
ERROR 42P07: relation "t_a_idx" already exists
db> CREATE INDEX IF NOT EXISTS t_a_idx ON t (a)
NOTICE 42P07: relation "t_a_idx" already exists, skipping
CREATE INDEX
db> CREATE INDEX by_b ON t USING btree (b DESC NULLS LAST, lower(b))
CREATE INDEX
db> CREATE INDEX ON t (nowhere)
ERROR 42703: column "nowhere" does not exist
db> CREATE INDEX ON nowhere (a)
ERROR 42P01: relation "nowhere" does not exist
db> DROP INDEX by_b
DROP INDEX
db> DROP INDEX by_b
ERROR 42704: index "by_b" does not exist
db> DROP INDEX IF EXISTS by_b
NOTICE 00000: index "by_b" does not exist, skipping
DROP INDEX
db> DROP INDEX t_pkey
ERROR 2BP01: cannot drop index t_pkey because constraint t_pkey on table t requires it
HINT: You can drop constraint t_pkey on table t instead.
