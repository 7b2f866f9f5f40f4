-- After a wait the other side of the join stays as it was; the target is the new row.

setup> CREATE TABLE acc (id int PRIMARY KEY, bal int, owner int)
CREATE TABLE
setup> CREATE TABLE own (id int PRIMARY KEY, lim int)
CREATE TABLE
setup> INSERT INTO acc VALUES (1, 10, 1), (2, 20, 2), (3, 30, 1)
INSERT 0 3
setup> INSERT INTO own VALUES (1, 100), (2, 5)
INSERT 0 2
a> BEGIN
BEGIN
a> UPDATE acc SET bal = bal + 1, owner = 2 WHERE id = 1
UPDATE 1
b> UPDATE acc SET bal = own.lim FROM own WHERE own.id = acc.owner AND own.lim > 50 RETURNING acc.id, acc.bal
waits
a> COMMIT
COMMIT
b: id int4 | bal int4
b: 3       | 100
b: UPDATE 1
setup> SELECT * FROM acc ORDER BY id
id int4 | bal int4 | owner int4
1       | 11       | 2
2       | 20       | 2
3       | 100      | 1
SELECT 3
a> BEGIN
BEGIN
a> UPDATE own SET lim = 7 WHERE id = 2
UPDATE 1
a> UPDATE acc SET bal = 0 WHERE id = 2
UPDATE 1
b> UPDATE acc SET bal = bal + own.lim FROM own WHERE own.id = acc.owner AND acc.id = 2 RETURNING *
waits
a> COMMIT
COMMIT
b: id int4 | bal int4 | owner int4 | id int4 | lim int4
b: 2       | 5        | 2          | 2       | 5
b: UPDATE 1
a> BEGIN
BEGIN
a> DELETE FROM acc WHERE id = 3
DELETE 1
a> INSERT INTO acc VALUES (3, 33, 1)
INSERT 0 1
b> DELETE FROM acc USING own WHERE own.id = acc.owner AND own.lim = 100 RETURNING acc.*
waits
a> COMMIT
COMMIT
b: id int4 | bal int4 | owner int4
b: DELETE 0
setup> SELECT * FROM acc ORDER BY id
id int4 | bal int4 | owner int4
1       | 11       | 2
2       | 5        | 2
3       | 33       | 1
SELECT 3
a> BEGIN
BEGIN
a> UPDATE acc SET bal = 500 WHERE id = 1
UPDATE 1
b> UPDATE acc SET bal = bal + (SELECT max(bal) FROM acc) WHERE id = 1 RETURNING bal
waits
a> COMMIT
COMMIT
b: bal int4
b: 533
b: UPDATE 1
