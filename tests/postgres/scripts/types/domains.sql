-- Domains: their checks, defaults and conversions.

a> CREATE DOMAIN posint AS int CHECK (VALUE > 0)
CREATE DOMAIN
a> CREATE DOMAIN posint AS int
ERROR 42710: type "posint" already exists
a> CREATE DOMAIN email AS text CHECK (VALUE ~ '^[^@]+@[^@]+$') CHECK (length(VALUE) < 20)
CREATE DOMAIN
a> CREATE DOMAIN code AS varchar(4) DEFAULT 'none' CONSTRAINT upper_only CHECK (VALUE = upper(VALUE) OR VALUE = 'none')
CREATE DOMAIN
a> CREATE DOMAIN must AS text NOT NULL
CREATE DOMAIN
a> CREATE DOMAIN money_amount AS numeric(10, 2) CHECK (VALUE >= 0)
CREATE DOMAIN
a> CREATE TABLE t (n posint, e email, c code, m money_amount)
CREATE TABLE
a> INSERT INTO t (n, e) VALUES (1, 'a@b.c')
INSERT 0 1
a> INSERT INTO t (n, e) VALUES (0, 'a@b.c')
ERROR 23514: value for domain posint violates check constraint "posint_check"
CONSTRAINT: posint_check
a> INSERT INTO t (n, e) VALUES (1, 'ab.c')
ERROR 23514: value for domain email violates check constraint "email_check"
CONSTRAINT: email_check
a> INSERT INTO t (n, e) VALUES (1, 'a@bbbbbbbbbbbbbbbbbbbbbbbb')
ERROR 23514: value for domain email violates check constraint "email_check1"
CONSTRAINT: email_check1
a> INSERT INTO t (n, c) VALUES (2, 'ABC')
INSERT 0 1
a> INSERT INTO t (n, c) VALUES (2, 'abc')
ERROR 23514: value for domain code violates check constraint "upper_only"
CONSTRAINT: upper_only
a> INSERT INTO t (n, c) VALUES (2, 'ABCDE')
ERROR 22001: value too long for type character varying(4)
a> INSERT INTO t (n, m) VALUES (NULL, 12.345)
INSERT 0 1
a> INSERT INTO t (m) VALUES (-1)
ERROR 23514: value for domain money_amount violates check constraint "money_amount_check"
CONSTRAINT: money_amount_check
a> INSERT INTO t (n) VALUES ($1)
with 5
INSERT 0 1
a> INSERT INTO t (n) VALUES ($1)
with -5
ERROR 23514: value for domain posint violates check constraint "posint_check"
CONSTRAINT: posint_check
a> INSERT INTO t (n) VALUES ('abc')
ERROR 22P02: invalid input syntax for type integer: "abc"
a> SELECT * FROM t ORDER BY n, c
n int4 | e text | c varchar | m numeric
1      | a@b.c  | none      | NULL
2      | NULL   | ABC       | NULL
5      | NULL   | none      | NULL
NULL   | NULL   | none      | 12.35
SELECT 4
a> UPDATE t SET n = n - 1 WHERE e IS NOT NULL
ERROR 23514: value for domain posint violates check constraint "posint_check"
CONSTRAINT: posint_check
a> UPDATE t SET n = n + 1 WHERE n = 1 RETURNING n, n + 1, pg_typeof(n), pg_typeof(n + 1)
n int4 | ?column? int4 | pg_typeof regtype | pg_typeof regtype
2      | 3             | posint            | integer
UPDATE 1
a> SELECT 5::posint, (-5)::posint
ERROR 23514: value for domain posint violates check constraint "posint_check"
CONSTRAINT: posint_check
a> SELECT 5::posint, '7'::posint, NULL::posint
posint int4 | posint int4 | posint int4
5           | 7           | NULL
SELECT 1
a> SELECT 'x'::posint
ERROR 22P02: invalid input syntax for type integer: "x"
a> SELECT 1.6::posint, pg_typeof(1.6::posint)
posint int4 | pg_typeof regtype
2           | posint
SELECT 1
a> SELECT NULL::must
ERROR 23502: domain must does not allow null values
a> SELECT 'a'::must || 'b', upper('a'::must), length('abc'::must)
?column? text | upper text | length int4
ab            | A          | 3
SELECT 1
a> SELECT 'abcdef'::code
ERROR 23514: value for domain code violates check constraint "upper_only"
CONSTRAINT: upper_only
a> SELECT 'ABCDEF'::code
code varchar
ABCD
SELECT 1
a> SELECT '12.345'::money_amount, 1::money_amount + 0.001
money_amount numeric | ?column? numeric
12.35                | 1.001
SELECT 1
a> SELECT n FROM t WHERE n = 2
n int4
2
2
SELECT 2
a> SELECT n FROM t WHERE n IN (1, 2) ORDER BY n
n int4
2
2
SELECT 2
a> SELECT max(n), sum(n), avg(n), min(c), pg_typeof(max(n)), array_agg(n ORDER BY n) FROM t
max int4 | sum int8 | avg numeric        | min text | pg_typeof regtype | array_agg posint[]
5        | 9        | 3.0000000000000000 | ABC      | integer           | {2,2,5,NULL}
SELECT 1
a> SELECT n, count(*) FROM t GROUP BY n ORDER BY n
n int4 | count int8
2      | 2
5      | 1
NULL   | 1
SELECT 3
a> SELECT CASE WHEN true THEN n ELSE 0 END, coalesce(n, 0), pg_typeof(coalesce(n, 0)), pg_typeof(coalesce(n, n)) FROM t WHERE e IS NOT NULL
case int4 | coalesce int4 | pg_typeof regtype | pg_typeof regtype
2         | 2             | integer           | posint
SELECT 1
a> SELECT n FROM t UNION SELECT 10 ORDER BY 1
n int4
2
5
10
NULL
SELECT 4
a> SELECT to_jsonb(n), row_to_json(t) FROM t WHERE e IS NOT NULL
to_jsonb jsonb | row_to_json json
2              | {"n":2,"e":"a@b.c","c":"none","m":null}
SELECT 1
a> CREATE TABLE u (m must, p posint NOT NULL DEFAULT 3)
CREATE TABLE
a> INSERT INTO u VALUES ('a')
INSERT 0 1
a> INSERT INTO u (p) VALUES (1)
ERROR 23502: domain must does not allow null values
a> INSERT INTO u VALUES (NULL, 1)
ERROR 23502: domain must does not allow null values
a> INSERT INTO u VALUES ('a', NULL)
ERROR 23502: null value in column "p" of relation "u" violates not-null constraint
DETAIL: Failing row contains (a, null).
a> INSERT INTO u VALUES ('b', DEFAULT) RETURNING *
m text | p int4
b      | 3
INSERT 0 1
a> UPDATE u SET m = NULL
ERROR 23502: domain must does not allow null values
a> INSERT INTO u SELECT 'c', n - 100 FROM t
ERROR 23514: value for domain posint violates check constraint "posint_check"
CONSTRAINT: posint_check
a> CREATE DOMAIN small AS posint CHECK (VALUE < 10)
CREATE DOMAIN
a> SELECT 5::small, 10::small
ERROR 23514: value for domain small violates check constraint "small_check"
CONSTRAINT: small_check
a> SELECT 0::small
ERROR 23514: value for domain small violates check constraint "posint_check"
CONSTRAINT: posint_check
a> SELECT 5::small::posint::int, pg_typeof(5::small)
int4 int4 | pg_typeof regtype
5         | small
SELECT 1
a> CREATE DOMAIN tags AS text[] CHECK (cardinality(VALUE) < 3)
CREATE DOMAIN
a> SELECT '{a,b}'::tags, ('{a,b}'::tags)[1], '{a,b,c}'::tags
ERROR 23514: value for domain tags violates check constraint "tags_check"
CONSTRAINT: tags_check
a> SELECT ARRAY[1, 2]::posint[]
array posint[]
{1,2}
SELECT 1
a> SELECT ARRAY[1, -2]::posint[]
ERROR 23514: value for domain posint violates check constraint "posint_check"
CONSTRAINT: posint_check
a> SELECT '{1,-2}'::posint[]
ERROR 23514: value for domain posint violates check constraint "posint_check"
CONSTRAINT: posint_check
a> SELECT array_length('{a,b}'::tags, 1), 'a' = ANY ('{a,b}'::tags), unnest('{a,b}'::tags)
array_length int4 | ?column? bool | unnest text
2                 | t             | a
2                 | t             | b
SELECT 2
a> CREATE TABLE v (l posint[], g tags)
CREATE TABLE
a> INSERT INTO v VALUES ('{1,2}', '{x}')
INSERT 0 1
a> INSERT INTO v VALUES ('{1,0}', '{x}')
ERROR 23514: value for domain posint violates check constraint "posint_check"
CONSTRAINT: posint_check
a> INSERT INTO v VALUES ('{1}', '{x,y,z}')
ERROR 23514: value for domain tags violates check constraint "tags_check"
CONSTRAINT: tags_check
a> UPDATE v SET g = g || 'y'::text RETURNING *
l posint[] | g text[]
{1,2}      | {x,y}
UPDATE 1
a> UPDATE v SET g = g || 'z'::text RETURNING *
ERROR 23514: value for domain tags violates check constraint "tags_check"
CONSTRAINT: tags_check
a> UPDATE v SET l[2] = 9 RETURNING *
l posint[] | g text[]
{1,9}      | {x,y}
UPDATE 1
a> UPDATE v SET l[2] = -9
ERROR 23514: value for domain posint violates check constraint "posint_check"
CONSTRAINT: posint_check
a> CREATE TYPE color AS ENUM ('red', 'blue')
CREATE TYPE
a> CREATE DOMAIN warm AS color CHECK (VALUE = 'red')
CREATE DOMAIN
a> SELECT 'red'::warm, 'red'::warm < 'blue'
ERROR 42883: operator does not exist: warm < unknown
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
a> SELECT 'blue'::warm
ERROR 23514: value for domain warm violates check constraint "warm_check"
CONSTRAINT: warm_check
a> SELECT 'green'::warm
ERROR 22P02: invalid input value for enum color: "green"
a> CREATE DOMAIN bad AS int CHECK (VALUE > 'a')
ERROR 22P02: invalid input syntax for type integer: "a"
a> CREATE DOMAIN bad AS int DEFAULT 'x'
ERROR 22P02: invalid input syntax for type integer: "x"
a> CREATE DOMAIN bad AS nope
ERROR 42704: type "nope" does not exist
a> CREATE DOMAIN bad AS int CHECK (other > 1)
ERROR 42703: column "other" does not exist
a> CREATE DOMAIN bad AS int CHECK (1)
ERROR 42804: argument of CHECK must be type boolean, not type integer
