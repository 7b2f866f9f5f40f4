-- String constants: doubled quotes, E'', $$, Unicode, adjacent constants.

db> SELECT 'it''s', E'a\nb', E'tab\t', $$it's$$, $q$a $$ b$q$, 'a\b', E'\x41\u00e4'
?column? text | ?column? text | ?column? text | ?column? text | ?column? text | ?column? text | ?column? text
it's          | 'a\nb'        | 'tab\t'       | it's          | a $$ b        | a\b           | Aä
SELECT 1
db> SELECT 'a'
    'b'
?column? text
ab
SELECT 1
db> SELECT U&'d\0061t\+000061'
?column? text
data
SELECT 1
db> SELECT 'unterminated
ERROR 42601: unterminated quoted string at or near "'unterminated"
db> SELECT E'a\'b', '', ' '
?column? text | ?column? text | ?column? text
a'b           | ''            | ' '
SELECT 1
