-- 42P01

db> SELECT * FROM nowhere
ERROR 42P01: relation "nowhere" does not exist
db> UPDATE nowhere SET n = 1
ERROR 42P01: relation "nowhere" does not exist
db> DELETE FROM nowhere
ERROR 42P01: relation "nowhere" does not exist
db> INSERT INTO nowhere VALUES (1)
ERROR 42P01: relation "nowhere" does not exist
db> SELECT * FROM public.nowhere
ERROR 42P01: relation "public.nowhere" does not exist
db> SELECT nowhere.n
ERROR 42P01: missing FROM-clause entry for table "nowhere"
db> SELECT * FROM nowhere.at_all
ERROR 42P01: relation "nowhere.at_all" does not exist
