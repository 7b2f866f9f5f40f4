-- 42804 where a boolean is required.

db> SELECT 1 WHERE 1
ERROR 42804: argument of WHERE must be type boolean, not type integer
db> SELECT 1 WHERE 'x'
ERROR 22P02: invalid input syntax for type boolean: "x"
db> SELECT 1 WHERE 't'
?column? int4
1
SELECT 1
db> SELECT CASE WHEN 'x' THEN 1 END
ERROR 22P02: invalid input syntax for type boolean: "x"
db> SELECT 1 FROM (VALUES (1)) v (n) WHERE n AND true
ERROR 42804: argument of AND must be type boolean, not type integer
db> SELECT 1 FROM (VALUES (1)) a (n) JOIN (VALUES (1)) b (m) ON n + m
ERROR 42804: argument of JOIN/ON must be type boolean, not type integer
