-- The outbox relay: lock and mark in one statement.

setup> CREATE TABLE outbox (id int PRIMARY KEY, body text, sent_at int)
CREATE TABLE
setup> INSERT INTO outbox VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')
INSERT 0 4
a> BEGIN
BEGIN
a> UPDATE outbox SET sent_at = 1
    WHERE id IN (SELECT id FROM outbox WHERE sent_at IS NULL ORDER BY id LIMIT 2 FOR UPDATE SKIP LOCKED)
    RETURNING id, body
id int4 | body text
1       | a
2       | b
UPDATE 2
b> BEGIN
BEGIN
b> UPDATE outbox SET sent_at = 2
    WHERE id IN (SELECT id FROM outbox WHERE sent_at IS NULL ORDER BY id LIMIT 2 FOR UPDATE SKIP LOCKED)
    RETURNING id, body
id int4 | body text
3       | c
4       | d
UPDATE 2
a> ROLLBACK
ROLLBACK
b> COMMIT
COMMIT
a> SELECT * FROM outbox ORDER BY id
id int4 | body text | sent_at int4
1       | a         | NULL
2       | b         | NULL
3       | c         | 2
4       | d         | 2
SELECT 4
