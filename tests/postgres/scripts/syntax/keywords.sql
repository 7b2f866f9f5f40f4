-- Which keywords may be names of tables, columns, functions and labels.

db> CREATE TABLE user (n int)
ERROR 42601: syntax error at or near "user"
db> CREATE TABLE "user" (n int)
CREATE TABLE
db> CREATE TABLE "order" ("select" int, "from" int)
CREATE TABLE
db> CREATE TABLE order (n int)
ERROR 42601: syntax error at or near "order"
db> CREATE TABLE left (n int)
ERROR 42601: syntax error at or near "left"
db> CREATE TABLE between (n int)
CREATE TABLE
db> CREATE TABLE names (name text, type text, value int, key text, action text, level int, version int)
CREATE TABLE
db> CREATE TABLE words (timestamp int, date int, time int, year int, day int, data text, status text, role text, position int, row int)
CREATE TABLE
db> INSERT INTO words VALUES (1, 2, 3, 4, 5, 'd', 's', 'r', 9, 10)
INSERT 0 1
db> SELECT timestamp, date, time, year, day, data, status, role, position, row FROM words
timestamp int4 | date int4 | time int4 | year int4 | day int4 | data text | status text | role text | position int4 | row int4
1              | 2         | 3         | 4         | 5        | d         | s           | r         | 9             | 10
SELECT 1
db> SELECT w.timestamp, w.date, w.position FROM words w
timestamp int4 | date int4 | position int4
1              | 2         | 9
SELECT 1
db> CREATE TABLE bad (user int)
ERROR 42601: syntax error at or near "user"
db> CREATE TABLE bad (end int)
ERROR 42601: syntax error at or near "end"
db> CREATE TABLE bad (left int)
ERROR 42601: syntax error at or near "left"
db> CREATE TABLE bad (offset int)
ERROR 42601: syntax error at or near "offset"
db> CREATE TABLE bad (limit int)
ERROR 42601: syntax error at or near "limit"
db> CREATE TABLE bad (window int)
ERROR 42601: syntax error at or near "window"
db> CREATE TABLE bad (analyse int)
ERROR 42601: syntax error at or near "analyse"
db> SELECT 1 AS select, 2 AS from, 3 AS user, 4 AS left
select int4 | from int4 | user int4 | left int4
1           | 2         | 3         | 4
SELECT 1
db> SELECT 1 select
select int4
1
SELECT 1
db> SELECT 1 user
user int4
1
SELECT 1
db> SELECT 1 left
left int4
1
SELECT 1
db> SELECT 1 value, 2 name, 3 type
value int4 | name int4 | type int4
1          | 2         | 3
SELECT 1
db> SELECT 1 year
ERROR 42601: syntax error at or near "year"
db> SELECT 1 day
ERROR 42601: syntax error at or near "day"
db> SELECT 1 over
ERROR 42601: syntax error at or near "over"
db> SELECT 1 filter
ERROR 42601: syntax error at or near "filter"
db> SELECT 1 end
end int4
1
SELECT 1
db> SELECT 1 "over"
over int4
1
SELECT 1
db> SELECT 1 precision
ERROR 42601: syntax error at or near "precision"
db> SELECT 1 varying
ERROR 42601: syntax error at or near "varying"
db> SELECT 1 without
ERROR 42601: syntax error at or near "without"
db> SELECT 1 set
set int4
1
SELECT 1
db> SELECT 1 no
no int4
1
SELECT 1
db> SELECT 1 is
is int4
1
SELECT 1
db> SELECT 1 isnull
?column? bool
f
SELECT 1
db> SELECT t.user FROM (SELECT 1 AS user) t
user int4
1
SELECT 1
db> SELECT t.select FROM (SELECT 1 AS "select") t
select int4
1
SELECT 1
db> SELECT n FROM "user" user
ERROR 42601: syntax error at or near "user"
db> SELECT n FROM "user" AS user
ERROR 42601: syntax error at or near "user"
db> SELECT n FROM "user" AS u WHERE u.n IS NULL
n int4
SELECT 0
db> SELECT n FROM "user" left
ERROR 42601: syntax error at end of input
db> SELECT n FROM "user" value
n int4
SELECT 0
db> SELECT value.n FROM "user" value
n int4
SELECT 0
db> SELECT left('abc', 2), right('abc', 1)
left text | right text
ab        | c
SELECT 1
db> SELECT left
ERROR 42601: syntax error at end of input
db> SELECT coalesce
ERROR 42703: column "coalesce" does not exist
db> SELECT coalesce(NULL, 1), greatest(1, 2), least(1, 2), nullif(1, 1)
coalesce int4 | greatest int4 | least int4 | nullif int4
1             | 2             | 1          | NULL
SELECT 1
db> SELECT nullif(1)
ERROR 42601: syntax error at or near ")"
db> SELECT coalesce()
ERROR 42601: syntax error at or near ")"
db> SELECT user = current_user, current_role = session_user, current_catalog = current_database()
?column? bool | ?column? bool | ?column? bool
t             | t             | t
SELECT 1
db> SELECT current_user()
ERROR 42601: syntax error at or near "("
db> SELECT current_date()
ERROR 42601: syntax error at or near "("
db> SELECT int
ERROR 42703: column "int" does not exist
db> SELECT int '5', integer '6', bigint '7', boolean 'true', real '1.5', double precision '2.5'
int4 int4 | int4 int4 | int8 int8 | bool bool | float4 float4 | float8 float8
5         | 6         | 7         | t         | 1.5           | 2.5
SELECT 1
db> SELECT numeric(5,2) '1.234', varchar(2) 'abc', char(3) 'a', character varying(2) 'abc'
numeric numeric | varchar varchar | bpchar bpchar | varchar varchar
1.23            | ab              | 'a  '         | ab
SELECT 1
db> SELECT timestamp(0) '2020-01-01 00:00:01.6', timestamp with time zone '2020-01-01 00:00+00', time '10:00'
timestamp timestamp | timestamptz timestamptz | time time
2020-01-01 00:00:02 | 2020-01-01 00:00:00+00  | 10:00:00
SELECT 1
db> SELECT date '2020-01-01', uuid '00000000-0000-0000-0000-000000000001', json '[1]'
date date  | uuid uuid                            | json json
2020-01-01 | 00000000-0000-0000-0000-000000000001 | [1]
SELECT 1
db> SELECT double '1'
ERROR 42704: type "double" does not exist
db> SELECT nosuchtype 'x'
ERROR 42704: type "nosuchtype" does not exist
db> SELECT SeLeCt FROM (SELECT 1 AS select) t
ERROR 42601: syntax error at or near "SeLeCt"
db> SELECT FooBar FROM (SELECT 1 AS foobar) t
foobar int4
1
SELECT 1
db> SELECT "FooBar" FROM (SELECT 1 AS foobar) t
ERROR 42703: column "FooBar" does not exist
HINT: Perhaps you meant to reference the column "t.foobar".