-- The type of an expression.

db> SELECT pg_typeof(1), pg_typeof(1.5), pg_typeof('x'), pg_typeof('x'::text), pg_typeof(NULL), pg_typeof(1 + 1.5), pg_typeof(now()), pg_typeof(ARRAY[1]), pg_typeof(1::smallint + 1::smallint), pg_typeof(count(*)), pg_typeof(sum(1)), pg_typeof(avg(1)), pg_typeof(1 / 2::float8)
pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype        | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype
integer           | numeric           | unknown           | text              | unknown           | numeric           | timestamp with time zone | integer[]         | smallint          | bigint            | bigint            | numeric           | double precision
SELECT 1
db> SELECT pg_typeof(coalesce(NULL, 1)), pg_typeof(coalesce(NULL, 'x')), pg_typeof(current_date - 1), pg_typeof(date '2024-01-01' - interval '1 day'), pg_typeof('{}'::jsonb -> 'a'), pg_typeof('{}'::jsonb ->> 'a'), pg_typeof(length('x')), pg_typeof(extract(year FROM now())), pg_typeof(random()), pg_typeof('x' || 'y')
pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype           | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype
integer           | text              | date              | timestamp without time zone | jsonb             | text              | integer           | numeric           | double precision  | text
SELECT 1
