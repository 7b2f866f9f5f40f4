-- The usual string functions.

db> SELECT lower('ÄBC'), upper('äbc'), initcap('hello wORLD'), length('äb'), char_length('äb'), octet_length('äb'), bit_length('a'), reverse('abc'), repeat('ab', 3), repeat('x', -1)
lower text | upper text | initcap text | length int4 | char_length int4 | octet_length int4 | bit_length int4 | reverse text | repeat text | repeat text
äbc        | ÄBC        | Hello World  | 2           | 2                | 3                 | 8               | cba          | ababab      | ''
SELECT 1
db> SELECT trim('  a  '), ltrim('  a '), rtrim(' a  '), btrim('xxaxx', 'x'), trim(both 'x' from 'xax'), trim(leading from ' a'), ltrim('abcab', 'ab')
btrim text | ltrim text | rtrim text | btrim text | btrim text | ltrim text | ltrim text
a          | 'a '       | ' a'       | a          | a          | a          | cab
SELECT 1
db> SELECT substring('abcdef' from 2 for 3), substring('abcdef', 3), substr('abcdef', 0, 3), substring('abcdef' from -1 for 3), left('abc', 2), left('abc', -1), right('abc', 2), right('abc', -1), substring('foo42' from '\d+')
substring text | substring text | substr text | substring text | left text | left text | right text | right text | substring text
bcd            | cdef           | ab          | a              | ab        | ab        | bc         | bc         | 42
SELECT 1
db> SELECT substring('abc' from 2 for -1)
ERROR 22011: negative substring length not allowed
db> SELECT position('c' in 'abc'), strpos('abc', 'x'), replace('aXbX', 'X', '--'), translate('abc', 'ab', 'x'), overlay('abcdef' placing 'XX' from 2 for 3), split_part('a,b,c', ',', 2), split_part('a,b,c', ',', -1), split_part('a', ',', 5)
position int4 | strpos int4 | replace text | translate text | overlay text | split_part text | split_part text | split_part text
3             | 0           | a--b--       | xc             | aXXef        | b               | c               | ''
SELECT 1
db> SELECT lpad('5', 3, '0'), lpad('abcd', 2), rpad('a', 3), rpad('a', 5, 'xy'), ascii('A'), chr(65), chr(228), starts_with('abc', 'ab'), 'abc' ^@ 'ab'
lpad text | lpad text | rpad text | rpad text | ascii int4 | chr text | chr text | starts_with bool | ?column? bool
005       | ab        | 'a  '     | axyxy     | 65         | A        | ä        | t                | t
SELECT 1
db> SELECT chr(0)
ERROR 54000: null character not permitted
db> SELECT split_part('a', ',', 0)
ERROR 22023: field position must not be zero
