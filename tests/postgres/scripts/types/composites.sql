-- Composite types, rows as values, and their fields.

a> CREATE TYPE address AS (street text, zip int, city varchar(10))
CREATE TYPE
a> CREATE TYPE address AS (a int)
ERROR 42710: type "address" already exists
a> CREATE TYPE twice AS (a int, a int)
ERROR 42701: column "a" specified more than once
a> CREATE TABLE customer (id int PRIMARY KEY, name text NOT NULL, home address, others address[])
CREATE TABLE
a> INSERT INTO customer VALUES (1, 'Ann', ROW('Main St', 12345, 'Springs'), NULL)
INSERT 0 1
a> INSERT INTO customer VALUES (2, 'Bob', '("Elm, 5",22222,)', ARRAY[ROW('a', 1, 'b')::address, ('c', 2, 'd')])
ERROR 42804: ARRAY types address and record cannot be matched
a> INSERT INTO customer VALUES (3, 'Cid', NULL, '{"(x,1,y)","(\"a b\",2,)"}')
INSERT 0 1
a> INSERT INTO customer (id, name, home.street, home.zip) VALUES (4, 'Dan', 'Oak', 4)
INSERT 0 1
a> SELECT * FROM customer ORDER BY id
id int4 | name text | home address                | others address[]
1       | Ann       | '("Main St",12345,Springs)' | NULL
3       | Cid       | NULL                        | {"(x,1,y)","(\"a b\",2,)"}
4       | Dan       | '(Oak,4,)'                  | NULL
SELECT 3
a> SELECT id, (home).street, (home).zip FROM customer ORDER BY id
id int4 | street text | zip int4
1       | Main St     | 12345
3       | NULL        | NULL
4       | Oak         | 4
SELECT 3
a> SELECT (home).* FROM customer ORDER BY id
street text | zip int4 | city varchar
Main St     | 12345    | Springs
NULL        | NULL     | NULL
Oak         | 4        | NULL
SELECT 3
a> SELECT (c.home).city, c.home FROM customer c WHERE (c.home).zip > 10000 ORDER BY id
city varchar | home address
Springs      | '("Main St",12345,Springs)'
SELECT 1
a> SELECT home.street FROM customer
ERROR 42P01: missing FROM-clause entry for table "home"
a> SELECT (home).nope FROM customer
ERROR 42703: column "nope" not found in data type address
a> SELECT (name).x FROM customer
ERROR 42809: column notation .x applied to type text, which is not a composite type
a> UPDATE customer SET home.zip = 99 WHERE id = 1 RETURNING home
home address
'("Main St",99,Springs)'
UPDATE 1
a> UPDATE customer SET home.zip = (home).zip + 1, home.city = 'Long' WHERE id = 1 RETURNING home
home address
'("Main St",100,Long)'
UPDATE 1
a> UPDATE customer SET home.city = 'much too long for it' WHERE id = 1
ERROR 22001: value too long for type character varying(10)
a> UPDATE customer SET home.nope = 1
ERROR 42703: cannot assign to field "nope" of column "home" because there is no such column in data type address
a> UPDATE customer SET name.x = 1
ERROR 42804: cannot assign to field "x" of column "name" because its type text is not a composite type
a> UPDATE customer SET home.zip = 'x'
ERROR 22P02: invalid input syntax for type integer: "x"
a> UPDATE customer SET home.zip = true
ERROR 42804: subfield "zip" is of type integer but expression is of type boolean
HINT: You will need to rewrite or cast the expression.
a> UPDATE customer SET home = ROW('new', 1, 'town') WHERE id = 3 RETURNING *
id int4 | name text | home address   | others address[]
3       | Cid       | '(new,1,town)' | {"(x,1,y)","(\"a b\",2,)"}
UPDATE 1
a> UPDATE customer SET home = ROW('new', 1) WHERE id = 3
ERROR 42846: cannot cast type record to address
DETAIL: Input has too few columns.
a> UPDATE customer SET home = ROW('new', true, 'x') WHERE id = 3
ERROR 42846: cannot cast type record to address
DETAIL: Cannot cast type boolean to integer in column 2.
a> UPDATE customer SET home = ROW('new', 'x', 'x') WHERE id = 3
ERROR 22P02: invalid input syntax for type integer: "x"
a> SELECT (others[1]).street, others[2] FROM customer WHERE id = 2
street text | others address
SELECT 0
a> SELECT id, home IS NULL, home IS NOT NULL FROM customer ORDER BY id
id int4 | ?column? bool | ?column? bool
1       | f             | t
3       | f             | t
4       | f             | f
SELECT 3
a> SELECT ROW(NULL, NULL) IS NULL, ROW(1, NULL) IS NULL, ROW(1, NULL) IS NOT NULL, ROW(1, 2) IS NOT NULL
?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | f             | f             | t
SELECT 1
a> SELECT ROW(1, 'a') = ROW(1, 'a'), ROW(1, 2) < ROW(1, 3), ROW(1, NULL) = ROW(1, NULL), ROW(1, NULL) = ROW(2, NULL)
?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | NULL          | f
SELECT 1
a> SELECT (1, 2, 3) < (1, 3), (1, 2) = (1, 2, 3)
ERROR 42601: unequal number of entries in row expressions
a> SELECT ROW(1, NULL) IS DISTINCT FROM ROW(1, NULL), ROW(1, 2) IS NOT DISTINCT FROM ROW(1, 2)
?column? bool | ?column? bool
f             | t
SELECT 1
a> SELECT ROW(1, 'x', NULL, 2.50, true), ROW(), ROW(NULL), ROW(''), ROW('a"b', 'c\d', 'e,f', '(g)')
row record      | row record | row record | row record | row record
'(1,x,,2.50,t)' | '()'       | '()'       | '("")'     | '("a""b","c\\\\d","e,f","(g)")'
SELECT 1
a> SELECT c FROM customer c WHERE id = 1
c customer
'(1,Ann,"(""Main St"",100,Long)",)'
SELECT 1
a> SELECT customer FROM customer WHERE id = 1
customer customer
'(1,Ann,"(""Main St"",100,Long)",)'
SELECT 1
a> SELECT pg_typeof(c), pg_typeof(c.home), pg_typeof(ROW(1)), pg_typeof(c.others) FROM customer c WHERE id = 1
pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype
customer          | address           | record            | address[]
SELECT 1
a> SELECT row_to_json(c), to_jsonb(c.home), row_to_json(ROW(1, 'a')) FROM customer c WHERE id = 2
row_to_json json | to_jsonb jsonb | row_to_json json
SELECT 0
a> SELECT count(home), count(c) FROM customer c
count int8 | count int8
3          | 3
SELECT 1
a> SELECT home, count(*) FROM customer GROUP BY home ORDER BY home
home address           | count int8
'("Main St",100,Long)' | 1
'(Oak,4,)'             | 1
'(new,1,town)'         | 1
SELECT 3
a> SELECT id FROM customer ORDER BY home DESC NULLS LAST, id
id int4
3
4
1
SELECT 3
a> SELECT id FROM customer WHERE home = ROW('Oak', 4, NULL)::address
id int4
4
SELECT 1
a> SELECT id FROM customer WHERE home = ('new', 1, 'town')
ERROR 42804: cannot compare dissimilar column types text and unknown at record column 1
a> SELECT '(1,2)'::address
ERROR 22P02: malformed record literal: "(1,2)"
DETAIL: Too few columns.
a> SELECT '(a,b,c)'::address
ERROR 22P02: invalid input syntax for type integer: "b"
a> SELECT '(a,1,c,d)'::address
ERROR 22P02: malformed record literal: "(a,1,c,d)"
DETAIL: Too many columns.
a> SELECT '(a,1,c'::address
ERROR 22P02: malformed record literal: "(a,1,c"
DETAIL: Unexpected end of input.
a> SELECT 'a,1,c)'::address
ERROR 22P02: malformed record literal: "a,1,c)"
DETAIL: Missing left parenthesis.
a> SELECT '(a,1,c) x'::address
ERROR 22P02: malformed record literal: "(a,1,c) x"
DETAIL: Junk after right parenthesis.
a> SELECT '(,,)'::address, '("",1,"a""b\\c")'::address, ('(a,1,b)'::address).zip
address address | address address      | zip int4
'(,,)'          | '("",1,"a""b\\\\c")' | 1
SELECT 1
a> SELECT ROW('a', 1, 'b')::address::text, 'x' || ROW(1, 2)::text
row text  | ?column? text
'(a,1,b)' | x(1,2)
SELECT 1
a> SELECT ROW(1, 2)::address
ERROR 42846: cannot cast type record to address
DETAIL: Input has too few columns.
a> SELECT 1::address
ERROR 42846: cannot cast type integer to address
a> SELECT (ROW('a', 1, 'b')::address).street, (SELECT c.home FROM customer c WHERE id = 1), ((SELECT c.home FROM customer c WHERE id = 1)).zip
street text | home address           | zip int4
a           | '("Main St",100,Long)' | 100
SELECT 1
a> SELECT (t.r).a FROM (SELECT ROW(1, 2) AS r) t
ERROR 42703: could not identify column "a" in record data type
a> SELECT (t.r).f2 FROM (SELECT ROW(1, 2) AS r) t
f2 int4
2
SELECT 1
a> SELECT t FROM (SELECT 1 AS a, 'x' AS b) t
t record
'(1,x)'
SELECT 1
a> SELECT (t).b, (t).* FROM (SELECT 1 AS a, 'x' AS b) t
b text | a int4 | b text
x      | 1      | x
SELECT 1
a> SELECT a.id, b FROM customer a LEFT JOIN customer b ON b.id = a.id + 1 AND b.id < 3 ORDER BY a.id
id int4 | b customer
1       | NULL
3       | NULL
4       | NULL
SELECT 3
a> INSERT INTO customer VALUES ($1, $2, $3, NULL) RETURNING home
with 7, 'Gil', '(Ave,7,Rome)'
home address
'(Ave,7,Rome)'
INSERT 0 1
a> SELECT ($1::address).zip
with '(Ave,8,Rome)'
zip int4
8
SELECT 1
a> CREATE TYPE orderline AS (product text, price numeric(8, 2), at date)
CREATE TYPE
a> SELECT ROW('tea', 1.5, '2024-01-02')::orderline, ('(tea,1.555,2024-02-30)'::orderline).price
ERROR 22008: date/time field value out of range: "2024-02-30"
a> SELECT ('(tea,1.555,2024-02-28)'::orderline).*
product text | price numeric | at date
tea          | 1.56          | 2024-02-28
SELECT 1
a> CREATE TYPE basket AS (owner address, lines orderline[])
CREATE TYPE
a> SELECT ROW(ROW('s', 1, 'c'), ARRAY[ROW('tea', 1, '2024-01-01')]::orderline[])::basket
row basket
'("(s,1,c)","{""(tea,1.00,2024-01-01)""}")'
SELECT 1
a> SELECT ((ROW(ROW('s', 1, 'c')::address, ARRAY[ROW('tea', 1, '2024-01-01')::orderline]::orderline[])::basket).lines[1]).product
product text
tea
SELECT 1
a> SELECT (('("(s,1,c)","{""(tea,1,2024-01-01)""}")'::basket).owner).zip
zip int4
1
SELECT 1
a> CREATE TABLE nested (b basket)
CREATE TABLE
a> INSERT INTO nested VALUES (ROW(ROW('s', 1, 'c'), NULL))
INSERT 0 1
a> UPDATE nested SET b.owner.zip = 5 RETURNING b
b basket
'("(s,5,c)",)'
UPDATE 1
a> UPDATE nested SET b.lines[1] = ROW('x', 2, NULL) RETURNING b
b basket
'("(s,5,c)","{""(x,2.00,)""}")'
UPDATE 1
a> UPDATE nested SET b.lines[1].price = 3 RETURNING b
b basket
'("(s,5,c)","{""(x,3.00,)""}")'
UPDATE 1
a> SELECT (b).owner.zip, (b).lines[1].product FROM nested
zip int4 | product text
5        | x
SELECT 1
a> ALTER TYPE address ADD ATTRIBUTE country text
ALTER TYPE
a> SELECT home, (home).country FROM customer WHERE id = 1
home address            | country text
'("Main St",100,Long,)' | NULL
SELECT 1
a> ALTER TYPE address RENAME ATTRIBUTE zip TO code
ALTER TYPE
a> SELECT (home).code FROM customer WHERE id = 1
code int4
100
SELECT 1
a> ALTER TYPE address RENAME TO place
ALTER TYPE
a> SELECT pg_typeof(home) FROM customer WHERE id = 1
pg_typeof regtype
place
SELECT 1
a> DROP TYPE orderline
ERROR 2BP01: cannot drop type orderline because other objects depend on it
DETAIL: column lines of composite type basket depends on type orderline[]
HINT: Use DROP ... CASCADE to drop the dependent objects too.
a> ALTER TYPE orderline ADD ATTRIBUTE note text
ALTER TYPE
a> ALTER TYPE orderline DROP ATTRIBUTE nope
ERROR 42703: column "nope" of relation "orderline" does not exist
a> ALTER TYPE orderline DROP ATTRIBUTE IF EXISTS nope
NOTICE 00000: column "nope" of relation "orderline" does not exist, skipping
ALTER TYPE
a> CREATE TYPE free AS (a int, b text)
CREATE TYPE
a> ALTER TYPE free DROP ATTRIBUTE a
ALTER TYPE
a> ALTER TYPE free ALTER ATTRIBUTE b TYPE int
ALTER TYPE
a> SELECT ROW(1)::free
row free
'(1)'
SELECT 1
a> DROP TYPE free
DROP TYPE
