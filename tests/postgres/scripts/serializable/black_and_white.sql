-- Two updates that each repaint what the other leaves.

setup> CREATE TABLE dots (id int PRIMARY KEY, color text)
CREATE TABLE
setup> INSERT INTO dots VALUES (1, 'black'), (2, 'white')
INSERT 0 2
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> UPDATE dots SET color = 'black' WHERE color = 'white'
UPDATE 1
b> UPDATE dots SET color = 'white' WHERE color = 'black'
UPDATE 1
a> COMMIT
COMMIT
b> COMMIT
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
a> SELECT * FROM dots ORDER BY id
id int4 | color text
1       | black
2       | black
SELECT 2
