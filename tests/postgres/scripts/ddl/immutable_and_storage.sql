-- What indexes and generated columns may compute; storage parameters; DISCARD; CACHE of sequences.

db> CREATE TABLE event (at timestamptz, local timestamp, day date, n int, name text, doc json)
CREATE TABLE
db> CREATE INDEX ON event ((at::date))
ERROR 42P17: functions in index expression must be marked IMMUTABLE
db> CREATE INDEX ON event ((at AT TIME ZONE 'UTC'))
CREATE INDEX
db> CREATE INDEX ON event ((day + 1))
CREATE INDEX
db> CREATE INDEX ON event (date_trunc('day', at))
ERROR 42P17: functions in index expression must be marked IMMUTABLE
db> CREATE INDEX ON event (date_trunc('day', local))
CREATE INDEX
db> CREATE INDEX ON event (lower(name)) WHERE at < now()
ERROR 42P17: functions in index predicate must be marked IMMUTABLE
db> CREATE INDEX ON event ((n::text))
CREATE INDEX
db> CREATE INDEX ON event ((day::text))
ERROR 42P17: functions in index expression must be marked IMMUTABLE
db> CREATE INDEX ON event (doc)
ERROR 42704: data type json has no default operator class for access method "btree"
HINT: You must specify an operator class for the index or define a default operator class for the data type.
db> CREATE INDEX ON event USING gin (n)
ERROR 42704: data type integer has no default operator class for access method "gin"
HINT: You must specify an operator class for the index or define a default operator class for the data type.
db> CREATE INDEX ON event (name int4_ops)
ERROR 42804: operator class "int4_ops" does not accept data type text
db> CREATE INDEX ON event (name text_pattern_ops) WITH (fillfactor = 70)
CREATE INDEX
db> CREATE INDEX ON event (n) WITH (fillfactor = 7)
ERROR 22023: value 7 out of bounds for option "fillfactor"
DETAIL: Valid values are between "10" and "100".
db> CREATE INDEX ON event (n) WITH (unheard_of = 7)
ERROR 22023: unrecognized parameter "unheard_of"
db> CREATE INDEX ON event ((SELECT 1))
ERROR 42601: syntax error at or near "SELECT"
db> CREATE TABLE made (at timestamptz, later timestamptz GENERATED ALWAYS AS (at + interval '1 day') STORED)
ERROR 42P17: generation expression is not immutable
db> CREATE TABLE made (n int, text text GENERATED ALWAYS AS (concat(n, 'x')) STORED)
ERROR 42P17: generation expression is not immutable
db> CREATE TABLE made (n int) WITH (fillfactor = 50, autovacuum_enabled = off)
CREATE TABLE
db> CREATE TABLE more (n int) WITH (fillfactor = x)
ERROR 22023: invalid value for integer option "fillfactor": x
db> CREATE VIEW few WITH (check_option = local) AS SELECT n FROM made WHERE n > 5
CREATE VIEW
db> INSERT INTO few VALUES (1)
ERROR 44000: new row violates check option for view "few"
DETAIL: Failing row contains (1).
db> CREATE VIEW other WITH (nothing = 1) AS SELECT 1
ERROR 22023: unrecognized parameter "nothing"
db> CREATE SEQUENCE ten CACHE 10
CREATE SEQUENCE
db> SELECT nextval('ten'), nextval('ten')
nextval int8 | nextval int8
1            | 2
SELECT 1
db> SELECT last_value FROM ten
last_value int8
10
SELECT 1
db> DISCARD SEQUENCES
DISCARD SEQUENCES
db> SELECT nextval('ten')
nextval int8
11
SELECT 1
db> SELECT setval('ten', 5)
setval int8
5
SELECT 1
db> SELECT nextval('ten'), currval('ten')
nextval int8 | currval int8
6            | 6
SELECT 1
db> CREATE SEQUENCE short MAXVALUE 2 CYCLE
CREATE SEQUENCE
db> SELECT nextval('short'), nextval('short'), nextval('short')
nextval int8 | nextval int8 | nextval int8
1            | 2            | 1
SELECT 1
db> SELECT * FROM short
last_value int8 | log_cnt int8 | is_called bool
1               | 1            | t
SELECT 1
db> PREPARE one AS SELECT 1
PREPARE
db> BEGIN
BEGIN
db> DISCARD ALL
ERROR 25001: DISCARD ALL cannot run inside a transaction block
db> ROLLBACK
ROLLBACK
db> DISCARD ALL
DISCARD ALL
db> EXECUTE one
ERROR 26000: prepared statement "one" does not exist
db> SELECT lastval()
ERROR 55000: lastval is not yet defined in this session
db> DISCARD PLANS
DISCARD PLANS
db> ALTER TABLE event SET (fillfactor = 700)
ERROR 22023: value 700 out of bounds for option "fillfactor"
DETAIL: Valid values are between "10" and "100".
db> ALTER TABLE event SET (fillfactor = 70)
ALTER TABLE
db> ALTER TABLE event RESET (fillfactor)
ALTER TABLE
db> VACUUM (ANALYZE, TRUNCATE false) event
VACUUM
db> VACUUM (NOTHING) event
ERROR 42601: unrecognized VACUUM option "nothing"
db> ANALYZE (SKIP_LOCKED) event
ANALYZE
db> ANALYZE nowhere
ERROR 42P01: relation "nowhere" does not exist
