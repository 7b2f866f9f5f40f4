-- Regular expressions.

db> SELECT 'abc' ~ '^a.c$', 'abc' ~* 'B', 'abc' !~ 'd', 'abc' ~ 'b|x', 'a1' ~ '\d', 'foo bar' ~ '\mbar\M'
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | t             | t             | t             | t
SELECT 1
db> SELECT 'abc' ~ '('
ERROR 2201B: invalid regular expression: parentheses () not balanced
db> SELECT 'abc' SIMILAR TO 'a(b|x)c', 'abc' SIMILAR TO 'a', 'abc' SIMILAR TO 'a%'
?column? bool | ?column? bool | ?column? bool
t             | f             | t
SELECT 1
db> SELECT regexp_replace('foo bar foo', 'foo', 'X'), regexp_replace('foo bar foo', 'foo', 'X', 'g'), regexp_replace('ab12', '([a-z]+)(\d+)', '\2\1')
regexp_replace text | regexp_replace text | regexp_replace text
X bar foo           | X bar X             | 12ab
SELECT 1
db> SELECT regexp_matches('a1b2', '(\w)(\d)', 'g')
regexp_matches text[]
{a,1}
{b,2}
SELECT 2
db> SELECT regexp_split_to_array('a, b,c', ',\s*'), (regexp_match('foo42', '\d+'))[1]
regexp_split_to_array text[] | regexp_match text
{a,b,c}                      | 42
SELECT 1
db> SELECT regexp_count('abcabc', 'b'), regexp_like('abc', 'B', 'i'), regexp_substr('a12b34', '\d+', 1, 2), regexp_instr('abc', 'c')
regexp_count int4 | regexp_like bool | regexp_substr text | regexp_instr int4
2                 | t                | 34                 | 3
SELECT 1
