-- Less usual string functions, and their mistakes.

db> SELECT upper('äß'), lower('ÀÉ'), initcap('o''neil éLAN x1y')
upper text | lower text | initcap text
Äß         | àé         | O'Neil Élan X1y
SELECT 1
db> SELECT concat(1, true, NULL, 'x', 2.50), concat_ws('-', 'a', NULL, false, 3), concat_ws(NULL, 'a'), concat(), concat_ws(',')
ERROR 42883: function concat() does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
db> SELECT format('%s %I %L %%', 'a', 'B c', 'd''e'), format('%2$s %1$s', 'x', 'y'), format('|%10s|%-10s|', 'a', 'b'), format('|%*s|', 5, 'a'), format('|%-*s|', 5, 'a'), format('|%*s|', -5, 'a'), format('%s', NULL), format('%L', NULL), format('%s', true), format('>>%2$*1$L<<', 10, 'Hello')
format text      | format text | format text               | format text | format text | format text | format text | format text | format text | format text
a "B c" 'd''e' % | y x         | '|         a|b         |' | '|    a|'   | '|a    |'   | '|a    |'   | ''          | 'NULL'      | t           | >>   'Hello'<<
SELECT 1
db> SELECT format('%d', 1)
ERROR 22023: unrecognized format() type specifier "d"
HINT: For a single "%" use "%%".
db> SELECT format('%s %s', 1)
ERROR 22023: too few arguments for format()
db> SELECT format('%I', NULL)
ERROR 22004: null values cannot be formatted as an SQL identifier
db> SELECT format('%0$s', 1)
ERROR 22023: format specifies argument 0, but arguments are numbered from 1
db> SELECT format('%1$', 1)
ERROR 22023: unterminated format() type specifier
HINT: For a single "%" use "%%".
db> SELECT format('%')
ERROR 22023: unterminated format() type specifier
HINT: For a single "%" use "%%".
db> SELECT format('%2$*1s', 1, 2)
ERROR 22023: width argument position must be ended by "$"
db> SELECT format('%*0$s', 'a')
ERROR 22023: format specifies argument 0, but arguments are numbered from 1
db> SELECT unistr('d\0061t\+000061'), unistr('d\u0061t\U00000061'), unistr('a\\b'), unistr('\d83d\de04')
unistr text | unistr text | unistr text | unistr text
data        | data        | a\b         | 😄
SELECT 1
db> SELECT unistr('\d83d')
ERROR 42601: invalid Unicode surrogate pair
db> SELECT unistr('\xyz')
ERROR 42601: invalid Unicode escape
HINT: Unicode escapes must be \XXXX, \+XXXXXX, \uXXXX, or \UXXXXXXXX.
db> SELECT unistr('\+2FFFFF')
ERROR 22023: invalid Unicode code point: 2FFFFF
db> SELECT parse_ident('Schemax.Tabley'), parse_ident('"SchemaX"."TableY"'), parse_ident('foo.bar baz', false), parse_ident(' a . "b""c" ')
parse_ident text[] | parse_ident text[] | parse_ident text[] | parse_ident text[]
{schemax,tabley}   | {SchemaX,TableY}   | {foo,bar}          | {a,"b\"c"}
SELECT 1
db> SELECT parse_ident('foo.boo[]')
ERROR 22023: string is not a valid identifier: "foo.boo[]"
db> SELECT parse_ident('foo..bar')
ERROR 22023: string is not a valid identifier: "foo..bar"
DETAIL: No valid identifier before ".".
db> SELECT parse_ident('"unclosed')
ERROR 22023: string is not a valid identifier: ""unclosed"
DETAIL: String has unclosed double quotes.
db> SELECT parse_ident('""')
ERROR 22023: string is not a valid identifier: """"
DETAIL: Quoted identifier must not be empty.
db> SELECT parse_ident('1a')
ERROR 22023: string is not a valid identifier: "1a"
db> SELECT parse_ident('a.')
ERROR 22023: string is not a valid identifier: "a."
DETAIL: No valid identifier after ".".
db> SELECT chr(-1)
ERROR 22023: character number must be positive
db> SELECT chr(1114112)
ERROR 54000: requested character too large for encoding: 1114112
db> SELECT chr(55296)
ERROR 54000: requested character not valid for encoding: 55296
db> SELECT ascii(''), ascii('é'), chr(8364), to_hex(255), to_hex(-1), to_hex(-1::bigint)
ascii int4 | ascii int4 | chr text | to_hex text | to_hex text | to_hex text
0          | 233        | €        | ff          | ffffffff    | ffffffffffffffff
SELECT 1
db> SELECT lpad('abc', -1), rpad('abc', 5, ''), lpad('abc', 6, 'xyz'), repeat('a', 0), left('abc', -5), right('abc', -5), left('é1', 1), split_part('a||b', '||', 2), split_part('abc', '', 1), split_part('a,b', ',', -3)
lpad text | rpad text | lpad text | repeat text | left text | right text | left text | split_part text | split_part text | split_part text
''        | abc       | xyzabc    | ''          | ''        | ''         | é         | b               | abc             | ''
SELECT 1
db> SELECT overlay('abcdef' placing 'XYZ' from 0)
ERROR 22011: negative substring length not allowed
db> SELECT overlay('abcdef' placing 'XYZ' from 10), overlay('abc' placing 'X' from 2 for 0), overlay('abc' placing '' from 1 for 2)
overlay text | overlay text | overlay text
abcdefXYZ    | aXbc         | c
SELECT 1
db> SELECT string_to_array('a,b,c', ','), string_to_array('a,b,c', ',', 'b'), string_to_array('abc', NULL), string_to_array('', ','), string_to_array(NULL, ','), string_to_array('abc', '')
string_to_array text[] | string_to_array text[] | string_to_array text[] | string_to_array text[] | string_to_array text[] | string_to_array text[]
{a,b,c}                | {a,NULL,c}             | {a,b,c}                | {}                     | NULL                   | {abc}
SELECT 1
db> SELECT quote_ident('Abc'), quote_ident('select'), quote_ident('a b'), quote_literal('a''b'), quote_literal(E'a\\b'), quote_literal(42), quote_nullable(NULL), quote_literal(NULL)
quote_ident text | quote_ident text | quote_ident text | quote_literal text | quote_literal text | quote_literal text | quote_nullable text | quote_literal text
"Abc"            | "select"         | "a b"            | '\'a\'\'b\''       | E'a\\b'            | '\'42\''           | 'NULL'              | NULL
SELECT 1
db> SELECT 'abc' LIKE 'a%', 'abc' LIKE '_b_', 'a%c' LIKE 'a\%c', 'abc' LIKE 'a#%c' ESCAPE '#', 'ABC' ILIKE 'a_c', 'a\c' LIKE 'a\c' ESCAPE '', 'ä' ILIKE 'Ä', 'abc' NOT LIKE '%b%', 'abc' ~~ 'ab%', 'abc' !~~* 'AB%'
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | t             | f             | t             | t             | t             | f             | t             | f
SELECT 1
db> SELECT 'abc' LIKE 'a\'
ERROR 22025: LIKE pattern must not end with escape character
db> SELECT 'abc' LIKE 'abc' ESCAPE 'xx'
ERROR 22025: invalid escape string
HINT: Escape string must be empty or one character.
db> SELECT 'abc' LIKE ANY (ARRAY['x%', 'a%']), 'abc' LIKE ALL (ARRAY['x%', 'a%']), 'abc' NOT ILIKE ALL (ARRAY['X%', 'Y%'])
?column? bool | ?column? bool | ?column? bool
t             | f             | t
SELECT 1
db> SELECT normalize('abc'), starts_with('abc', ''), strpos('abc', ''), position('' in 'abc'), replace('aaa', 'a', ''), translate('12345', '143', 'ax'), reverse('é1')
normalize text | starts_with bool | strpos int4 | position int4 | replace text | translate text | reverse text
abc            | t                | 1           | 1             | ''           | a2x5           | 1é
SELECT 1
