-- NULL in concatenation; format.

db> SELECT 'a' || NULL, concat('a', NULL, 1, true), concat_ws(',', 'a', NULL, 'b'), concat(), 'a' || 1, 1 || 'a', 'x' || 1.50, 'x' || true
ERROR 42883: function concat() does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
db> SELECT 1 || 2
ERROR 42883: operator does not exist: integer || integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT format('%s is %s', 'a', 1), format('%I = %L', 'my col', 'it''s'), format('%2$s %1$s', 'a', 'b'), format('%%'), format('%5s|%-5s|', 'a', 'b'), format('%L', NULL), quote_ident('Foo'), quote_literal('x''y'), quote_nullable(NULL)
format text | format text        | format text | format text | format text    | format text | quote_ident text | quote_literal text | quote_nullable text
a is 1      | "my col" = 'it''s' | b a         | %           | '    a|b    |' | 'NULL'      | "Foo"            | '\'x\'\'y\''       | 'NULL'
SELECT 1
db> SELECT format('%s')
ERROR 22023: too few arguments for format()
db> SELECT format('%x', 1)
ERROR 22023: unrecognized format() type specifier "x"
HINT: For a single "%" use "%%".
