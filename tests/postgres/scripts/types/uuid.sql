-- UUIDs: forms of input, one form of output.

db> SELECT 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid, '{a0eebc999c0b4ef8bb6d6bb9bd380a11}'::uuid
uuid uuid                            | uuid uuid
a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11
SELECT 1
db> SELECT 'not-a-uuid'::uuid
ERROR 22P02: invalid input syntax for type uuid: "not-a-uuid"
db> SELECT 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1'::uuid
ERROR 22P02: invalid input syntax for type uuid: "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1"
db> SELECT '00000000-0000-0000-0000-000000000001'::uuid < '00000000-0000-0000-0000-000000000002', length(gen_random_uuid()::text), gen_random_uuid() = gen_random_uuid()
?column? bool | length int4 | ?column? bool
t             | 36          | f
SELECT 1
db> SELECT 1::uuid
ERROR 42846: cannot cast type integer to uuid
db> SELECT 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::text
ERROR 42883: operator does not exist: uuid = text
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
