-- Functions of one's own are beyond the simulated server so far.

db> CREATE FUNCTION add_one(n int) RETURNS int LANGUAGE sql AS 'SELECT n + 1'
CREATE FUNCTION
db> SELECT add_one(2)
add_one int4
3
SELECT 1
