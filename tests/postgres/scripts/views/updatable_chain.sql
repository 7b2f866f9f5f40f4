-- Changes through a view on a view.

db> CREATE TABLE t (id serial PRIMARY KEY, owner text NOT NULL, n int DEFAULT 7, secret text)
CREATE TABLE
db> CREATE VIEW mine AS SELECT id, owner AS who, n, upper(owner) AS loud FROM t WHERE owner = 'me'
CREATE VIEW
db> CREATE VIEW big AS SELECT id, who, n FROM mine WHERE n > 5
CREATE VIEW
db> INSERT INTO mine (who) VALUES ('me') RETURNING *
id int4 | who text | n int4 | loud text
1       | me       | 7      | ME
INSERT 0 1
db> INSERT INTO mine (who, n) VALUES ('you', 1) RETURNING id, who
id int4 | who text
2       | you
INSERT 0 1
db> INSERT INTO mine (loud) VALUES ('X')
ERROR 0A000: cannot insert into column "loud" of view "mine"
DETAIL: View columns that are not columns of their base relation are not updatable.
db> INSERT INTO mine (owner) VALUES ('me')
ERROR 42703: column "owner" of relation "mine" does not exist
db> INSERT INTO big (who, n) VALUES ('me', 3), ('me', 30) RETURNING *
id int4 | who text | n int4
3       | me       | 3
4       | me       | 30
INSERT 0 2
db> SELECT * FROM big ORDER BY id
id int4 | who text | n int4
1       | me       | 7
4       | me       | 30
SELECT 2
db> SELECT * FROM t ORDER BY id
id int4 | owner text | n int4 | secret text
1       | me         | 7      | NULL
2       | you        | 1      | NULL
3       | me         | 3      | NULL
4       | me         | 30     | NULL
SELECT 4
db> UPDATE big SET n = n + 1 RETURNING *
id int4 | who text | n int4
1       | me       | 8
4       | me       | 31
UPDATE 2
db> UPDATE big SET n = n * 10 WHERE id = 1 RETURNING big.id, big.n
id int4 | n int4
1       | 80
UPDATE 1
db> UPDATE mine SET loud = 'x'
ERROR 0A000: cannot update column "loud" of view "mine"
DETAIL: View columns that are not columns of their base relation are not updatable.
db> UPDATE mine SET n = DEFAULT WHERE n > 40 RETURNING id, n
id int4 | n int4
1       | NULL
UPDATE 1
db> DELETE FROM big WHERE n < 8 RETURNING id
id int4
DELETE 0
db> INSERT INTO mine (id, who, n) VALUES (4, 'me', 1) ON CONFLICT (id) DO UPDATE SET n = excluded.n + mine.n RETURNING *
id int4 | who text | n int4 | loud text
4       | me       | 32     | ME
INSERT 0 1
db> INSERT INTO mine (id, who) VALUES (4, 'me') ON CONFLICT DO NOTHING
INSERT 0 0
db> UPDATE big SET n = t.n + 1 FROM t WHERE t.id = big.id RETURNING t.id, big.n
id int4 | n int4
4       | 33
UPDATE 1
db> SELECT id, n FROM big WHERE id = 4 FOR UPDATE
id int4 | n int4
4       | 33
SELECT 1
db> CREATE VIEW grouped AS SELECT owner, count(*) FROM t GROUP BY owner
CREATE VIEW
db> INSERT INTO grouped VALUES ('x', 1)
ERROR 55000: cannot insert into view "grouped"
DETAIL: Views containing GROUP BY are not automatically updatable.
HINT: To enable inserting into the view, provide an INSTEAD OF INSERT trigger or an unconditional ON INSERT DO INSTEAD rule.
db> UPDATE grouped SET owner = 'x'
ERROR 55000: cannot update view "grouped"
DETAIL: Views containing GROUP BY are not automatically updatable.
HINT: To enable updating the view, provide an INSTEAD OF UPDATE trigger or an unconditional ON UPDATE DO INSTEAD rule.
db> DELETE FROM grouped
ERROR 55000: cannot delete from view "grouped"
DETAIL: Views containing GROUP BY are not automatically updatable.
HINT: To enable deleting from the view, provide an INSTEAD OF DELETE trigger or an unconditional ON DELETE DO INSTEAD rule.
db> CREATE VIEW limited AS SELECT * FROM t LIMIT 1
CREATE VIEW
db> DELETE FROM limited
ERROR 55000: cannot delete from view "limited"
DETAIL: Views containing LIMIT or OFFSET are not automatically updatable.
HINT: To enable deleting from the view, provide an INSTEAD OF DELETE trigger or an unconditional ON DELETE DO INSTEAD rule.
db> CREATE VIEW joined AS SELECT t.id FROM t JOIN t AS u USING (id)
CREATE VIEW
db> UPDATE joined SET id = 1
ERROR 55000: cannot update view "joined"
DETAIL: Views that do not select from a single table or view are not automatically updatable.
HINT: To enable updating the view, provide an INSTEAD OF UPDATE trigger or an unconditional ON UPDATE DO INSTEAD rule.
db> CREATE VIEW two AS SELECT id FROM t UNION SELECT n FROM t
CREATE VIEW
db> DELETE FROM two
ERROR 55000: cannot delete from view "two"
DETAIL: Views containing UNION, INTERSECT, or EXCEPT are not automatically updatable.
HINT: To enable deleting from the view, provide an INSTEAD OF DELETE trigger or an unconditional ON DELETE DO INSTEAD rule.
db> CREATE VIEW dist AS SELECT DISTINCT owner FROM t
CREATE VIEW
db> DELETE FROM dist
ERROR 55000: cannot delete from view "dist"
DETAIL: Views containing DISTINCT are not automatically updatable.
HINT: To enable deleting from the view, provide an INSTEAD OF DELETE trigger or an unconditional ON DELETE DO INSTEAD rule.
db> CREATE VIEW values_only AS SELECT 1 AS one
CREATE VIEW
db> DELETE FROM values_only
ERROR 55000: cannot delete from view "values_only"
DETAIL: Views that do not select from a single table or view are not automatically updatable.
HINT: To enable deleting from the view, provide an INSTEAD OF DELETE trigger or an unconditional ON DELETE DO INSTEAD rule.
