-- String constants: continuation, escapes, Unicode, dollar quotes; and what is wrong with some.

db> SELECT 'a'
    'b' AS joined
joined text
ab
SELECT 1
db> SELECT 'a' 'b'
ERROR 42601: syntax error at or near "'b'"
db> SELECT 'a' -- a comment
    'b' AS joined
joined text
ab
SELECT 1
db> SELECT 'it''s', '', ''''
?column? text | ?column? text | ?column? text
it's          | ''            | '\''
SELECT 1
db> SELECT E'a\nb\tc', E'\x41\101', E'\u0041\U00000042', E'it\'s', E'\\', E'\q'
?column? text | ?column? text | ?column? text | ?column? text | ?column? text | ?column? text
'a\nb\tc'     | AA            | AB            | it's          | \             | q
SELECT 1
db> SELECT e'a'
    'b\n' AS joined
joined text
'ab\n'
SELECT 1
db> SELECT length(E'\u00e9'), E'\ud83d\ude00' = '😀' AS pair
length int4 | pair bool
1           | t
SELECT 1
db> SELECT E'\u00zz'
ERROR 22025: invalid Unicode escape
HINT: Unicode escapes must be \uXXXX or \UXXXXXXXX.
db> SELECT E'\ud83d'
ERROR 42601: invalid Unicode surrogate pair at or near "'"
db> SELECT E'\xff'
ERROR 22021: invalid byte sequence for encoding "UTF8": 0xff
db> SELECT E'a\0b'
ERROR 22021: invalid byte sequence for encoding "UTF8": 0x00
db> SELECT U&'d\0061t\+000061', U&'d!0061t' UESCAPE '!', U&'a\\b'
?column? text | ?column? text | ?column? text
data          | dat           | a\b
SELECT 1
db> SELECT U&'\00zz'
ERROR 42601: invalid Unicode escape
HINT: Unicode escapes must be \XXXX or \+XXXXXX.
db> SELECT U&'\d83d'
ERROR 42601: invalid Unicode surrogate pair
db> SELECT U&'a' UESCAPE '+'
ERROR 42601: invalid Unicode escape character at or near "'+'"
db> SELECT U&"d\0061t" FROM (SELECT 1 AS dat) t
dat int4
1
SELECT 1
db> SELECT $$it's$$, $tag$a $$ b$tag$, $a$ $b$ $a$
?column? text | ?column? text | ?column? text
it's          | a $$ b        | ' $b$ '
SELECT 1
db> SELECT $x
ERROR 42601: syntax error at or near "$"
db> SELECT $tag$ never closed
ERROR 42601: unterminated dollar-quoted string at or near "$tag$ never closed"
db> SELECT 'never closed
ERROR 42601: unterminated quoted string at or near "'never closed"
db> SELECT E'never closed\'
ERROR 42601: unterminated quoted string at or near "E'never closed\'"
db> SELECT "never closed
ERROR 42601: unterminated quoted identifier at or near ""never closed"
db> SELECT ""
ERROR 42601: zero-length delimited identifier at or near """"
db> SELECT 1 AS ""
ERROR 42601: zero-length delimited identifier at or near """"
db> SELECT "a""b" FROM (SELECT 1 AS "a""b") t
a"b int4
1
SELECT 1
db> SELECT 'a' AS "Ä", 'b' AS Größe
Ä text | größe text
a      | b
SELECT 1
db> SELECT N'national'
bpchar bpchar
national
SELECT 1
db> SELECT b'never closed
ERROR 42601: unterminated bit string literal at or near "b'never closed"
db> SELECT x'never closed
ERROR 42601: unterminated hexadecimal string literal at or near "x'never closed"
db> SELECT /* a /* nested */ comment */ 1 AS one -- and more
one int4
1
SELECT 1
db> SELECT /* never closed
ERROR 42601: unterminated /* comment at or near "/* never closed"
db> SELECT 1 /* a */ + /* b */ 2 AS three
three int4
3
SELECT 1
db> SELECT '--no comment', '/* neither */' -- but this
?column? text  | ?column? text
'--no comment' | /* neither */
SELECT 1
