-- Regular expressions in PostgreSQL's dialect: preferences, references, looking around, classes.

db> SELECT 'abc' ~ '^a.c$', 'abc' ~* 'B', 'abc' !~ 'x', 'abc' !~* 'B', 'foobar' ~ 'foo(?=bar)', 'foobaz' ~ 'foo(?!bar)', 'barfoo' ~ '(?<=bar)foo', 'bazfoo' ~ '(?<!bar)foo'
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | t             | f             | t             | t             | t             | t
SELECT 1
db> SELECT 'abab' ~ '^(ab)\1$', 'abac' ~ '^(ab)\1$', 'xyzzy' ~ '(.)\1', regexp_match('hello', '(.)\1'), 'aA' ~* '^(a)\1$'
?column? bool | ?column? bool | ?column? bool | regexp_match text[] | ?column? bool
t             | f             | t             | {l}                 | t
SELECT 1
db> SELECT substring('XY1234Z', 'Y*([0-9]{1,3})'), substring('XY1234Z', 'Y*?([0-9]{1,3})'), substring('foobar' from 'o(.)b'), substring('foobar', 'o.b')
substring text | substring text | substring text | substring text
123            | 1              | o              | oob
SELECT 1
db> SELECT regexp_match('abc01234xyz', '(?:(.*?)(\d+)(.*)){1,1}'), regexp_match('abc01234xyz', '(.*)(\d+)(.*)'), regexp_match('abc01234xyz', '(.*?)(\d+)(.*)')
regexp_match text[] | regexp_match text[] | regexp_match text[]
{abc,01234,xyz}     | {abc0123,4,xyz}     | {abc,0,""}
SELECT 1
db> SELECT regexp_match('xaxbx', 'x|xax'), regexp_match('abcd', '(a|ab)(c|bcd)'), regexp_match('aaa', 'a{2}'), regexp_match('aaa', 'a{1,2}?'), regexp_match('<b>x</b>', '<.*?>')
regexp_match text[] | regexp_match text[] | regexp_match text[] | regexp_match text[] | regexp_match text[]
{xax}               | {a,bcd}             | {aa}                | {a}                 | {<b>}
SELECT 1
db> SELECT regexp_matches('foobarbequebaz', '(b[^b]+)(b[^b]+)'), regexp_match('foobarbequebaz', 'ba.'), regexp_match('x', '(y)?x'), regexp_match('x', 'y')
regexp_matches text[] | regexp_match text[] | regexp_match text[] | regexp_match text[]
{bar,beque}           | {bar}               | {NULL}              | NULL
SELECT 1
db> SELECT * FROM regexp_matches('one1two22', '([a-z]+)(\d+)', 'g')
regexp_matches text[]
{one,1}
{two,22}
SELECT 2
db> SELECT * FROM regexp_split_to_table('the quick  brown', '\s+')
regexp_split_to_table text
the
quick
brown
SELECT 3
db> SELECT regexp_split_to_array('hello', '\s*'), regexp_split_to_array('a,b,,c', ','), regexp_split_to_array('', 'x'), regexp_split_to_array('aXbxC', 'x', 'i')
regexp_split_to_array text[] | regexp_split_to_array text[] | regexp_split_to_array text[] | regexp_split_to_array text[]
{h,e,l,l,o}                  | {a,b,"",c}                   | {""}                         | {a,b,C}
SELECT 1
db> SELECT regexp_replace('foobarbaz', 'b..', 'X'), regexp_replace('foobarbaz', 'b..', 'X', 'g'), regexp_replace('foobarbaz', 'b(..)', 'X\1Y', 'g'), regexp_replace('abc', '', '-', 'g'), regexp_replace('abc', '(b)', '[\&]'), regexp_replace('a.b', '\.', '\\')
regexp_replace text | regexp_replace text | regexp_replace text | regexp_replace text | regexp_replace text | regexp_replace text
fooXbaz             | fooXX               | fooXarYXazY         | -a-b-c-             | a[b]c               | a\b
SELECT 1
db> SELECT regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 1, 0, 'i'), regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 1, 3, 'i'), regexp_replace('aaa', 'a', 'b', 2), regexp_replace('Thomas', '.[mN]a.', 'M')
regexp_replace text   | regexp_replace text   | regexp_replace text | regexp_replace text
X PXstgrXSQL fXnctXXn | A PostgrXSQL function | aba                 | ThM
SELECT 1
db> SELECT regexp_count('123123123', '123', 3), regexp_count('abcabc', 'ABC', 1, 'i'), regexp_instr('abcde', 'cd'), regexp_instr('abcabc', 'b', 1, 2), regexp_instr('abcabc', 'b(c)', 1, 1, 1, 'i', 1), regexp_substr('abcdef', 'c(.)(..)', 1, 1, '', 2), regexp_substr('aXbX', '[a-z]X', 1, 2), regexp_like('Hello', 'h', 'i'), regexp_substr('a', 'b')
regexp_count int4 | regexp_count int4 | regexp_instr int4 | regexp_instr int4 | regexp_instr int4 | regexp_substr text | regexp_substr text | regexp_like bool | regexp_substr text
2                 | 2                 | 3                 | 5                 | 4                 | ef                 | bX                 | t                | NULL
SELECT 1
db> SELECT 'a1_é' ~ '^\w+$', 'é' ~ '[[:alpha:]]', 'a b' ~ '\s', 'abc' ~ '\d', '5' ~ '[[:digit:]]', ']' ~ '[]]', 'a-b' ~ '[a\-z]-', 'a.b' ~ 'a\.b', E'a\nb' ~ 'a.b', E'a\nb' ~ '(?n)a.b', E'a\nb' ~ '(?n)^b', E'a\tb' ~ 'a\tb', 'x' ~ '[^[:space:]]'
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | t             | f             | t             | t             | t             | t             | t             | f             | t             | t             | t
SELECT 1
db> SELECT 'a word here' ~ '\mword\M', 'swords' ~ '\mword', 'word' ~ '\yword\y', 'sword' ~ '\Yword', 'a word' ~ '[[:<:]]word[[:>:]]', 'abc' ~ '\Aabc\Z'
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | f             | t             | t             | t             | t
SELECT 1
db> SELECT 'a*b' ~ '***=a*b', 'aab' ~ '***:a*b', 'ABC' ~ '(?i)abc', 'a b c' ~ '(?x)a\ b # comment', 'a.c' ~ '(?q)a.c', 'ab' ~ 'a(?#nothing)b', 'a{b' ~ 'a{b', 'aaaa' ~ '^a{2,}$', 'x' ~ '^a{0}x$'
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | t             | t             | t             | t             | t             | t             | t
SELECT 1
db> SELECT 'a' ~ '('
ERROR 2201B: invalid regular expression: parentheses () not balanced
db> SELECT 'a' ~ 'a)'
ERROR 2201B: invalid regular expression: parentheses () not balanced
db> SELECT 'a' ~ '['
ERROR 2201B: invalid regular expression: brackets [] not balanced
db> SELECT 'a' ~ '*a'
ERROR 2201B: invalid regular expression: quantifier operand invalid
db> SELECT 'a' ~ 'a**'
ERROR 2201B: invalid regular expression: quantifier operand invalid
db> SELECT 'a' ~ '[b-a]'
ERROR 2201B: invalid regular expression: invalid character range
db> SELECT 'a' ~ '[[:nope:]]'
ERROR 2201B: invalid regular expression: invalid character class
db> SELECT 'a' ~ 'a{2,1}'
ERROR 2201B: invalid regular expression: invalid repetition count(s)
db> SELECT 'a' ~ 'a{256}'
ERROR 2201B: invalid regular expression: invalid repetition count(s)
db> SELECT 'a' ~ 'a{1'
ERROR 2201B: invalid regular expression: braces {} not balanced
db> SELECT 'a' ~ '\1'
ERROR 2201B: invalid regular expression: invalid backreference number
db> SELECT 'a' ~ '\q'
ERROR 2201B: invalid regular expression: invalid escape \ sequence
db> SELECT 'a' ~ 'a\'
ERROR 2201B: invalid regular expression: invalid escape \ sequence
db> SELECT 'a' ~ '(?z)a'
ERROR 2201B: invalid regular expression: invalid embedded option
db> SELECT 'a' ~ '***a'
ERROR 2201B: invalid regular expression: quantifier operand invalid
db> SELECT regexp_match('a', 'a', 'g')
ERROR 22023: regexp_match() does not support the "global" option
HINT: Use the regexp_matches function instead.
db> SELECT regexp_match('a', 'a', 'z')
ERROR 22023: invalid regular expression option: "z"
db> SELECT regexp_split_to_array('a', 'a', 'g')
ERROR 22023: regexp_split_to_array() does not support the "global" option
db> SELECT regexp_like('a', 'a', 'g')
ERROR 22023: regexp_like() does not support the "global" option
db> SELECT regexp_count('a', 'a', 0)
ERROR 22023: invalid value for parameter "start": 0
db> SELECT regexp_instr('a', 'a', 1, 0)
ERROR 22023: invalid value for parameter "n": 0
db> SELECT regexp_instr('a', 'a', 1, 1, 2)
ERROR 22023: invalid value for parameter "endoption": 2
db> SELECT regexp_replace('a', 'a', 'b', '1')
ERROR 22023: invalid regular expression option: "1"
HINT: If you meant to use regexp_replace() with a start parameter, cast the fourth argument to integer explicitly.
db> SELECT regexp_replace('a', 'a', 'b', 1, -1)
ERROR 22023: invalid value for parameter "n": -1
db> SELECT 'abc' SIMILAR TO 'abc', 'abc' SIMILAR TO 'a', 'abc' SIMILAR TO '%(b|d)%', 'abc' SIMILAR TO '(b|c)%', 'abc' NOT SIMILAR TO 'x%', 'a_c' SIMILAR TO 'a\_c', 'abc' SIMILAR TO 'a#_c' ESCAPE '#', 'aaa' SIMILAR TO 'a{2,3}', 'a.c' SIMILAR TO 'a.c', 'abc' SIMILAR TO 'a.c', 'xyz' SIMILAR TO '[x-z]+'
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | f             | t             | f             | t             | t             | f             | t             | t             | f             | t
SELECT 1
db> SELECT 'abc' SIMILAR TO 'abc' ESCAPE 'xx'
ERROR 22025: invalid escape string
HINT: Escape string must be empty or one character.
