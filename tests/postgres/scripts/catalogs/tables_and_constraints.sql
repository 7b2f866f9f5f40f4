-- What migration tools and object mappers read of pg_catalog and information_schema.

db> CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')
CREATE TYPE
db> CREATE DOMAIN posint AS int CHECK (VALUE > 0)
CREATE DOMAIN
db> CREATE TABLE parent (id bigserial PRIMARY KEY, code char(3) NOT NULL UNIQUE, m mood DEFAULT 'ok', p posint)
CREATE TABLE
db> CREATE TABLE child (id int GENERATED ALWAYS AS IDENTITY (START WITH 5) PRIMARY KEY, parent_id bigint NOT NULL REFERENCES parent ON DELETE CASCADE, email varchar(50) DEFAULT 'x@y', amount numeric(10,2) DEFAULT 0, ts timestamptz DEFAULT now(), d date DEFAULT CURRENT_DATE, tags text[] DEFAULT '{}', j jsonb DEFAULT '{}'::jsonb, flag boolean NOT NULL DEFAULT true, dbl int GENERATED ALWAYS AS (id * 2) STORED, u uuid DEFAULT gen_random_uuid(), neg int DEFAULT -1, f float8 DEFAULT 1.5, big bigint DEFAULT 5000000000, iv interval DEFAULT '1 day', t time DEFAULT '10:00', CONSTRAINT amount_positive CHECK (amount >= 0), CHECK (email LIKE '%@%'), CHECK (neg IN (1, 2, -1)), UNIQUE (email, parent_id))
CREATE TABLE
db> CREATE INDEX child_email_lower ON child (lower(email))
CREATE INDEX
db> CREATE INDEX child_part ON child (amount DESC, ts) WHERE flag
CREATE INDEX
db> CREATE INDEX child_part2 ON child (neg) WHERE neg > 0 AND email IS NOT NULL
CREATE INDEX
db> CREATE UNIQUE INDEX child_expr ON child ((neg + 1), email DESC NULLS LAST)
CREATE INDEX
db> CREATE VIEW vw AS SELECT id, email FROM child
CREATE VIEW
db> CREATE MATERIALIZED VIEW mv AS SELECT count(*) AS n FROM child
SELECT 1
db> SELECT table_schema, table_name, table_type FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 2
table_schema name | table_name name | table_type varchar
public            | child           | BASE TABLE
public            | parent          | BASE TABLE
public            | vw              | VIEW
SELECT 3
db> SELECT column_name, ordinal_position, column_default, is_nullable, data_type, character_maximum_length, numeric_precision, numeric_scale, datetime_precision, udt_name FROM information_schema.columns WHERE table_name = 'child' ORDER BY ordinal_position
column_name name | ordinal_position int4 | column_default varchar                 | is_nullable varchar | data_type varchar        | character_maximum_length int4 | numeric_precision int4 | numeric_scale int4 | datetime_precision int4 | udt_name name
id               | 1                     | NULL                                   | NO                  | integer                  | NULL                          | 32                     | 0                  | NULL                    | int4
parent_id        | 2                     | NULL                                   | NO                  | bigint                   | NULL                          | 64                     | 0                  | NULL                    | int8
email            | 3                     | '\'x@y\'::character varying'           | YES                 | character varying        | 50                            | NULL                   | NULL               | NULL                    | varchar
amount           | 4                     | 0                                      | YES                 | numeric                  | NULL                          | 10                     | 2                  | NULL                    | numeric
ts               | 5                     | now()                                  | YES                 | timestamp with time zone | NULL                          | NULL                   | NULL               | 6                       | timestamptz
d                | 6                     | CURRENT_DATE                           | YES                 | date                     | NULL                          | NULL                   | NULL               | 0                       | date
tags             | 7                     | '\'{}\'::text[]'                       | YES                 | ARRAY                    | NULL                          | NULL                   | NULL               | NULL                    | _text
j                | 8                     | '\'{}\'::jsonb'                        | YES                 | jsonb                    | NULL                          | NULL                   | NULL               | NULL                    | jsonb
flag             | 9                     | true                                   | NO                  | boolean                  | NULL                          | NULL                   | NULL               | NULL                    | bool
dbl              | 10                    | NULL                                   | YES                 | integer                  | NULL                          | 32                     | 0                  | NULL                    | int4
u                | 11                    | gen_random_uuid()                      | YES                 | uuid                     | NULL                          | NULL                   | NULL               | NULL                    | uuid
neg              | 12                    | '\'-1\'::integer'                      | YES                 | integer                  | NULL                          | 32                     | 0                  | NULL                    | int4
f                | 13                    | 1.5                                    | YES                 | double precision         | NULL                          | 53                     | NULL               | NULL                    | float8
big              | 14                    | '\'5000000000\'::bigint'               | YES                 | bigint                   | NULL                          | 64                     | 0                  | NULL                    | int8
iv               | 15                    | '\'1 day\'::interval'                  | YES                 | interval                 | NULL                          | NULL                   | NULL               | 6                       | interval
t                | 16                    | '\'10:00:00\'::time without time zone' | YES                 | time without time zone   | NULL                          | NULL                   | NULL               | 6                       | time
SELECT 16
db> SELECT column_name, column_default, data_type, domain_name, udt_name, character_octet_length FROM information_schema.columns WHERE table_name = 'parent' ORDER BY ordinal_position
column_name name | column_default varchar             | data_type varchar | domain_name name | udt_name name | character_octet_length int4
id               | nextval('parent_id_seq'::regclass) | bigint            | NULL             | int8          | NULL
code             | NULL                               | character         | NULL             | bpchar        | 12
m                | '\'ok\'::mood'                     | USER-DEFINED      | NULL             | mood          | NULL
p                | NULL                               | integer           | posint           | int4          | NULL
SELECT 4
db> SELECT column_name, data_type, is_updatable FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'vw'
column_name name | data_type varchar | is_updatable varchar
id               | integer           | YES
email            | character varying | YES
SELECT 2
db> SELECT constraint_name, constraint_type, is_deferrable, initially_deferred FROM information_schema.table_constraints WHERE table_name = 'child' AND constraint_name NOT LIKE '%not_null' ORDER BY 1
constraint_name name      | constraint_type varchar | is_deferrable varchar | initially_deferred varchar
amount_positive           | CHECK                   | NO                    | NO
child_email_check         | CHECK                   | NO                    | NO
child_email_parent_id_key | UNIQUE                  | NO                    | NO
child_neg_check           | CHECK                   | NO                    | NO
child_parent_id_fkey      | FOREIGN KEY             | NO                    | NO
child_pkey                | PRIMARY KEY             | NO                    | NO
SELECT 6
db> SELECT constraint_name, column_name, ordinal_position, position_in_unique_constraint FROM information_schema.key_column_usage WHERE table_name = 'child' ORDER BY 1, 3
constraint_name name      | column_name name | ordinal_position int4 | position_in_unique_constraint int4
child_email_parent_id_key | email            | 1                     | NULL
child_email_parent_id_key | parent_id        | 2                     | NULL
child_parent_id_fkey      | parent_id        | 1                     | 1
child_pkey                | id               | 1                     | NULL
SELECT 4
db> SELECT constraint_name, unique_constraint_name, match_option, update_rule, delete_rule FROM information_schema.referential_constraints
constraint_name name | unique_constraint_name name | match_option varchar | update_rule varchar | delete_rule varchar
child_parent_id_fkey | parent_pkey                 | NONE                 | NO ACTION           | CASCADE
SELECT 1
db> SELECT constraint_name, check_clause FROM information_schema.check_constraints WHERE constraint_schema = 'public' AND constraint_name NOT LIKE '%not_null' ORDER BY 1
constraint_name name | check_clause varchar
amount_positive      | '((amount >= (0)::numeric))'
child_email_check    | '(((email)::text ~~ \'%@%\'::text))'
child_neg_check      | '((neg = ANY (ARRAY[1, 2, \'-1\'::integer])))'
posint_check         | '((VALUE > 0))'
SELECT 4
db> SELECT table_name, column_name, constraint_name FROM information_schema.constraint_column_usage WHERE table_schema = 'public' ORDER BY 3, 2
table_name name | column_name name | constraint_name name
child           | amount           | amount_positive
child           | email            | child_email_check
child           | email            | child_email_parent_id_key
child           | parent_id        | child_email_parent_id_key
child           | neg              | child_neg_check
parent          | id               | child_parent_id_fkey
child           | id               | child_pkey
parent          | code             | parent_code_key
parent          | id               | parent_pkey
SELECT 9
db> SELECT sequence_name, data_type, start_value, minimum_value, maximum_value, increment, cycle_option FROM information_schema.sequences ORDER BY 1
sequence_name name | data_type varchar | start_value varchar | minimum_value varchar | maximum_value varchar | increment varchar | cycle_option varchar
parent_id_seq      | bigint            | 1                   | 1                     | 9223372036854775807   | 1                 | NO
SELECT 1
db> SELECT * FROM pg_sequences ORDER BY sequencename
schemaname name | sequencename name | sequenceowner name | data_type regtype | start_value int8 | min_value int8 | max_value int8      | increment_by int8 | cycle bool | cache_size int8 | last_value int8
public          | child_id_seq      | postgres           | integer           | 5                | 1              | 2147483647          | 1                 | f          | 1               | NULL
public          | parent_id_seq     | postgres           | bigint            | 1                | 1              | 9223372036854775807 | 1                 | f          | 1               | NULL
SELECT 2
db> SELECT nextval('parent_id_seq')
nextval int8
1
SELECT 1
db> SELECT last_value FROM pg_sequences WHERE sequencename = 'parent_id_seq'
last_value int8
1
SELECT 1
db> SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2
tablename name | indexname name            | indexdef text
child          | child_email_lower         | CREATE INDEX child_email_lower ON public.child USING btree (lower((email)::text))
child          | child_email_parent_id_key | CREATE UNIQUE INDEX child_email_parent_id_key ON public.child USING btree (email, parent_id)
child          | child_expr                | CREATE UNIQUE INDEX child_expr ON public.child USING btree (((neg + 1)), email DESC NULLS LAST)
child          | child_part                | CREATE INDEX child_part ON public.child USING btree (amount DESC, ts) WHERE flag
child          | child_part2               | CREATE INDEX child_part2 ON public.child USING btree (neg) WHERE ((neg > 0) AND (email IS NOT NULL))
child          | child_pkey                | CREATE UNIQUE INDEX child_pkey ON public.child USING btree (id)
parent         | parent_code_key           | CREATE UNIQUE INDEX parent_code_key ON public.parent USING btree (code)
parent         | parent_pkey               | CREATE UNIQUE INDEX parent_pkey ON public.parent USING btree (id)
SELECT 8
db> SELECT schemaname, tablename, tableowner, hasindexes, hastriggers FROM pg_tables WHERE schemaname = 'public' ORDER BY 2
schemaname name | tablename name | tableowner name | hasindexes bool | hastriggers bool
public          | child          | postgres        | t               | t
public          | parent         | postgres        | t               | t
SELECT 2
db> SELECT viewname FROM pg_views WHERE schemaname = 'public'
viewname name
vw
SELECT 1
db> SELECT matviewname, ispopulated FROM pg_matviews
matviewname name | ispopulated bool
mv               | t
SELECT 1
db> SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT LIKE 'pg_t%' ORDER BY 1
schema_name name
information_schema
pg_catalog
public
SELECT 3
db> SELECT conname, contype, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'child'::regclass ORDER BY conname
conname name              | contype char | pg_get_constraintdef text
amount_positive           | c            | CHECK ((amount >= (0)::numeric))
child_email_check         | c            | CHECK (((email)::text ~~ '%@%'::text))
child_email_parent_id_key | u            | UNIQUE (email, parent_id)
child_neg_check           | c            | CHECK ((neg = ANY (ARRAY[1, 2, '-1'::integer])))
child_parent_id_fkey      | f            | FOREIGN KEY (parent_id) REFERENCES parent(id) ON DELETE CASCADE
child_pkey                | p            | PRIMARY KEY (id)
SELECT 6
db> SELECT conname, conkey, confkey, confrelid::regclass, confdeltype FROM pg_constraint WHERE conrelid = 'child'::regclass AND contype = 'f'
conname name         | conkey int2[] | confkey int2[] | confrelid regclass | confdeltype char
child_parent_id_fkey | {2}           | {1}            | parent             | c
SELECT 1
db> SELECT c.relname, c.relkind, n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' ORDER BY 1
relname name              | relkind char | nspname name
child                     | r            | public
child_email_lower         | i            | public
child_email_parent_id_key | i            | public
child_expr                | i            | public
child_id_seq              | S            | public
child_part                | i            | public
child_part2               | i            | public
child_pkey                | i            | public
mv                        | m            | public
parent                    | r            | public
parent_code_key           | i            | public
parent_id_seq             | S            | public
parent_pkey               | i            | public
vw                        | v            | public
SELECT 14
db> SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.atthasdef, a.attidentity, a.attgenerated, a.attnum FROM pg_attribute a WHERE a.attrelid = 'child'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
attname name | format_type text         | attnotnull bool | atthasdef bool | attidentity char | attgenerated char | attnum int2
id           | integer                  | t               | f              | a                | ''                | 1
parent_id    | bigint                   | t               | f              | ''               | ''                | 2
email        | character varying(50)    | f               | t              | ''               | ''                | 3
amount       | numeric(10,2)            | f               | t              | ''               | ''                | 4
ts           | timestamp with time zone | f               | t              | ''               | ''                | 5
d            | date                     | f               | t              | ''               | ''                | 6
tags         | text[]                   | f               | t              | ''               | ''                | 7
j            | jsonb                    | f               | t              | ''               | ''                | 8
flag         | boolean                  | t               | t              | ''               | ''                | 9
dbl          | integer                  | f               | t              | ''               | s                 | 10
u            | uuid                     | f               | t              | ''               | ''                | 11
neg          | integer                  | f               | t              | ''               | ''                | 12
f            | double precision         | f               | t              | ''               | ''                | 13
big          | bigint                   | f               | t              | ''               | ''                | 14
iv           | interval                 | f               | t              | ''               | ''                | 15
t            | time without time zone   | f               | t              | ''               | ''                | 16
SELECT 16
db> SELECT a.attname, pg_get_expr(d.adbin, d.adrelid) FROM pg_attribute a JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid = 'public.child'::regclass ORDER BY a.attnum
attname name | pg_get_expr text
email        | '\'x@y\'::character varying'
amount       | 0
ts           | now()
d            | CURRENT_DATE
tags         | '\'{}\'::text[]'
j            | '\'{}\'::jsonb'
flag         | true
dbl          | '(id * 2)'
u            | gen_random_uuid()
neg          | '\'-1\'::integer'
f            | 1.5
big          | '\'5000000000\'::bigint'
iv           | '\'1 day\'::interval'
t            | '\'10:00:00\'::time without time zone'
SELECT 14
db> SELECT i.relname, ix.indisunique, ix.indisprimary, ix.indkey, pg_get_indexdef(ix.indexrelid) FROM pg_index ix JOIN pg_class i ON i.oid = ix.indexrelid WHERE ix.indrelid = 'child'::regclass ORDER BY 1
relname name              | indisunique bool | indisprimary bool | indkey int2vector | pg_get_indexdef text
child_email_lower         | f                | f                 | 0                 | CREATE INDEX child_email_lower ON public.child USING btree (lower((email)::text))
child_email_parent_id_key | t                | f                 | 3 2               | CREATE UNIQUE INDEX child_email_parent_id_key ON public.child USING btree (email, parent_id)
child_expr                | t                | f                 | 0 3               | CREATE UNIQUE INDEX child_expr ON public.child USING btree (((neg + 1)), email DESC NULLS LAST)
child_part                | f                | f                 | 4 5               | CREATE INDEX child_part ON public.child USING btree (amount DESC, ts) WHERE flag
child_part2               | f                | f                 | 12                | CREATE INDEX child_part2 ON public.child USING btree (neg) WHERE ((neg > 0) AND (email IS NOT NULL))
child_pkey                | t                | t                 | 1                 | CREATE UNIQUE INDEX child_pkey ON public.child USING btree (id)
SELECT 6
db> SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indrelid = 'child'::regclass AND i.indisprimary
attname name
id
SELECT 1
db> SELECT t.typname, e.enumlabel FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid ORDER BY e.enumsortorder
typname name | enumlabel name
mood         | sad
mood         | ok
mood         | happy
SELECT 3
db> SELECT typname, typtype, typcategory, typlen FROM pg_type WHERE typname IN ('mood', '_mood', 'posint', 'int4', 'text', '_text', 'child', 'uuid', 'jsonb') ORDER BY 1
typname name | typtype char | typcategory char | typlen int2
_mood        | b            | A                | -1
_text        | b            | A                | -1
child        | c            | C                | -1
int4         | b            | N                | 4
jsonb        | b            | U                | -1
mood         | e            | E                | 4
posint       | d            | N                | 4
text         | b            | S                | -1
uuid         | b            | U                | 16
SELECT 9
db> SELECT t.typname, t.typtype, format_type(t.typbasetype, t.typtypmod) FROM pg_type t WHERE typname = 'posint'
typname name | typtype char | format_type text
posint       | d            | integer
SELECT 1
db> SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = 'postgres'), EXISTS (SELECT 1 FROM pg_database WHERE datname = 'nope')
exists bool | exists bool
t           | f
SELECT 1
db> SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'public')
exists bool
t
SELECT 1
db> SELECT count(*) FROM pg_class WHERE relname = 'child' AND relkind = ANY (ARRAY['r', 'p'])
count int8
1
SELECT 1
db> SELECT to_regclass('public.child'), to_regclass('public.nope') IS NULL
to_regclass regclass | ?column? bool
child                | t
SELECT 1
db> SELECT 'child'::regclass::oid = (SELECT oid FROM pg_class WHERE relname = 'child')
?column? bool
t
SELECT 1
db> SELECT relnamespace::regnamespace FROM pg_class WHERE relname = 'child'
relnamespace regnamespace
public
SELECT 1
db> SELECT extname, extversion FROM pg_extension
extname name | extversion text
plpgsql      | 1.0
SELECT 1
db> SELECT rolname, rolsuper FROM pg_roles WHERE rolname = current_user
rolname name | rolsuper bool
postgres     | t
SELECT 1
db> SELECT pg_get_indexdef('child_part'::regclass), pg_get_indexdef('child_part'::regclass, 1, true), pg_get_indexdef('child_expr'::regclass, 1, true)
pg_get_indexdef text                             | pg_get_indexdef text | pg_get_indexdef text
CREATE INDEX child_part ON public.child USING btree (amount DESC, ts) WHERE flag | amount               | '(neg + 1)'
SELECT 1
db> COMMENT ON TABLE child IS 'kids'
COMMENT
db> COMMENT ON COLUMN child.email IS 'mail'
COMMENT
db> SELECT obj_description('child'::regclass), obj_description('child'::regclass, 'pg_class'), col_description('child'::regclass, 3)
obj_description text | obj_description text | col_description text
kids                 | kids                 | mail
SELECT 1
db> SELECT objsubid, description FROM pg_description WHERE objoid = 'child'::regclass ORDER BY 1
objsubid int4 | description text
0             | kids
3             | mail
SELECT 2
db> SELECT pg_table_is_visible('child'::regclass), pg_get_userbyid(10), pg_encoding_to_char(6)
pg_table_is_visible bool | pg_get_userbyid name | pg_encoding_to_char name
t                        | postgres             | UTF8
SELECT 1
db> SELECT relname FROM pg_catalog.pg_class WHERE pg_catalog.pg_table_is_visible(oid) AND relname ~ '^(child)$'
relname name
child
SELECT 1
db> SELECT attname, atttypid::regtype FROM pg_attribute WHERE attrelid = 'child'::regclass AND attnum BETWEEN 1 AND 3 ORDER BY attnum
attname name | atttypid regtype
id           | integer
parent_id    | bigint
email        | character varying
SELECT 3
db> SELECT * FROM pg_nope
ERROR 42P01: relation "pg_nope" does not exist
db> SELECT nope FROM pg_class
ERROR 42703: column "nope" does not exist
db> SELECT * FROM pg_catalog.nope
ERROR 42P01: relation "pg_catalog.nope" does not exist
db> DROP TABLE parent
ERROR 2BP01: cannot drop table parent because other objects depend on it
DETAIL: constraint child_parent_id_fkey on table child depends on table parent
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> ALTER TABLE child RENAME COLUMN email TO mail
ALTER TABLE
db> SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'child_email_check'
pg_get_constraintdef text
CHECK (((mail)::text ~~ '%@%'::text))
SELECT 1
db> SELECT indexdef FROM pg_indexes WHERE indexname = 'child_email_lower'
indexdef text
CREATE INDEX child_email_lower ON public.child USING btree (lower((mail)::text))
SELECT 1
db> CREATE SCHEMA s2
CREATE SCHEMA
db> CREATE TABLE s2.child (id int PRIMARY KEY, r int REFERENCES parent (id) ON UPDATE SET NULL ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED)
CREATE TABLE
db> SELECT table_schema, table_name FROM information_schema.tables WHERE table_name = 'child' ORDER BY 1
table_schema name | table_name name
public            | child
s2                | child
SELECT 2
db> SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 's2.child'::regclass ORDER BY 1
pg_get_constraintdef text
FOREIGN KEY (r) REFERENCES parent(id) ON UPDATE SET NULL ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED
PRIMARY KEY (id)
SELECT 2
db> SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'f' ORDER BY 1, 2
conrelid regclass | conname name
child             | child_parent_id_fkey
s2.child          | child_r_fkey
SELECT 2
db> SELECT current_schema(), pg_typeof(relkind) FROM pg_class LIMIT 1
current_schema name | pg_typeof regtype
public              | "char"
SELECT 1
db> CREATE TABLE checks (a int CHECK (a > 0 AND a < 10 OR a = 50), b text CHECK (length(b) > 2), c text CHECK (c IN ('x', 'y')), d date CHECK (d > '2020-01-01'), e numeric CHECK (e <> 1.5), f int CHECK (f BETWEEN 1 AND 5), g text CHECK (g ~ '^a'), h varchar(5) CHECK (h <> ''), i int CHECK (i IS NOT NULL OR a IS NULL), j boolean CHECK (NOT j), k int CHECK (COALESCE(k, 0) >= 0), l text CHECK (l = upper(l)), m bigint CHECK (m > 0), n int[] CHECK (array_length(n, 1) < 3), o varchar(10) CHECK (o IN ('p', 'q')), CONSTRAINT mix CHECK ((a + f) * 2 > m))
CREATE TABLE
db> SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'checks'::regclass ORDER BY 1
conname name   | pg_get_constraintdef text
checks_a_check | CHECK ((((a > 0) AND (a < 10)) OR (a = 50)))
checks_b_check | CHECK ((length(b) > 2))
checks_c_check | CHECK ((c = ANY (ARRAY['x'::text, 'y'::text])))
checks_check   | CHECK (((i IS NOT NULL) OR (a IS NULL)))
checks_d_check | CHECK ((d > '2020-01-01'::date))
checks_e_check | CHECK ((e <> 1.5))
checks_f_check | CHECK (((f >= 1) AND (f <= 5)))
checks_g_check | CHECK ((g ~ '^a'::text))
checks_h_check | CHECK (((h)::text <> ''::text))
checks_j_check | CHECK ((NOT j))
checks_k_check | CHECK ((COALESCE(k, 0) >= 0))
checks_l_check | CHECK ((l = upper(l)))
checks_m_check | CHECK ((m > 0))
checks_n_check | CHECK ((array_length(n, 1) < 3))
checks_o_check | CHECK (((o)::text = ANY ((ARRAY['p'::character varying, 'q'::character varying])::text[])))
mix            | CHECK ((((a + f) * 2) > m))
SELECT 16
db> SELECT table_name FROM information_schema.views WHERE table_schema = 'public'
table_name name
vw
SELECT 1
db> BEGIN
BEGIN
db> CREATE TABLE intx (a int)
CREATE TABLE
db> SELECT count(*) FROM pg_tables WHERE tablename = 'intx'
count int8
1
SELECT 1
db> SELECT count(*) FROM pg_tables WHERE tablename = 'intx'
count int8
1
SELECT 1
db> ROLLBACK
ROLLBACK
db> SELECT count(*) FROM pg_tables WHERE tablename = 'intx'
count int8
0
SELECT 1
db> CREATE TEMP TABLE tmp (a int)
CREATE TABLE
db> SELECT table_name, table_type FROM information_schema.tables WHERE table_name = 'tmp'
table_name name | table_type varchar
tmp             | LOCAL TEMPORARY
SELECT 1
db> SELECT relpersistence FROM pg_class WHERE relname = 'tmp'
relpersistence char
t
SELECT 1
