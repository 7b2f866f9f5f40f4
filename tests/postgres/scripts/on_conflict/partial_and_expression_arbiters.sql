-- Arbiters with WHERE and expressions, and what fits none.

db> CREATE TABLE sub (id serial, email text, active boolean NOT NULL DEFAULT true, n int DEFAULT 0)
CREATE TABLE
db> CREATE UNIQUE INDEX sub_active ON sub (email) WHERE active
CREATE INDEX
db> CREATE UNIQUE INDEX sub_lower ON sub (lower(email), active)
CREATE INDEX
db> INSERT INTO sub (email) VALUES ('A@x') ON CONFLICT (email) WHERE active DO UPDATE SET n = sub.n + 1 RETURNING email, n
email text | n int4
A@x        | 0
INSERT 0 1
db> INSERT INTO sub (email) VALUES ('A@x') ON CONFLICT (email) WHERE active DO UPDATE SET n = sub.n + 1 RETURNING email, n
email text | n int4
A@x        | 1
INSERT 0 1
db> INSERT INTO sub (email) VALUES ('a@x') ON CONFLICT (lower(email), active) DO UPDATE SET n = sub.n + 10 RETURNING email, n
email text | n int4
A@x        | 11
INSERT 0 1
db> INSERT INTO sub (email) VALUES ('a@x') ON CONFLICT (active, lower(email)) DO NOTHING
INSERT 0 0
db> INSERT INTO sub (email) VALUES ('a@x') ON CONFLICT (email) WHERE active DO NOTHING
ERROR 23505: duplicate key value violates unique constraint "sub_lower"
DETAIL: Key (lower(email), active)=(a@x, t) already exists.
CONSTRAINT: sub_lower
db> INSERT INTO sub (email) VALUES ('a@x') ON CONFLICT (email) DO NOTHING
ERROR 42P10: there is no unique or exclusion constraint matching the ON CONFLICT specification
db> INSERT INTO sub (email) VALUES ('a@x') ON CONFLICT (lower(email)) DO NOTHING
ERROR 42P10: there is no unique or exclusion constraint matching the ON CONFLICT specification
db> INSERT INTO sub (email) VALUES ('a@x') ON CONFLICT (upper(email), active) DO NOTHING
ERROR 42P10: there is no unique or exclusion constraint matching the ON CONFLICT specification
db> INSERT INTO sub (email) VALUES ('a@x') ON CONFLICT (nowhere) DO NOTHING
ERROR 42703: column "nowhere" does not exist
db> INSERT INTO sub (email) VALUES ('a@x') ON CONFLICT ON CONSTRAINT sub_active DO NOTHING
ERROR 42704: constraint "sub_active" for table "sub" does not exist
db> INSERT INTO sub (email) VALUES ('a@x') ON CONFLICT DO NOTHING
INSERT 0 0
db> INSERT INTO sub (email, active) VALUES ('A@x', false) ON CONFLICT (email) WHERE active DO UPDATE SET n = 1 RETURNING *
id int4 | email text | active bool | n int4
7       | A@x        | f           | 0
INSERT 0 1
db> INSERT INTO sub (email) VALUES ('a@x') ON CONFLICT (lower(email), active) DO UPDATE SET (n, email) = (excluded.n, 'set@x') RETURNING email, n
email text | n int4
set@x      | 0
INSERT 0 1
db> INSERT INTO sub (email) VALUES ('SET@X') ON CONFLICT (lower(email), active) DO UPDATE SET (n, email) = (SELECT max(n) + 100, 'sub@x' FROM sub) RETURNING email, n
email text | n int4
sub@x      | 100
INSERT 0 1
db> INSERT INTO sub (email) VALUES ('q') ON CONFLICT (lower(email), active) DO UPDATE SET n = nowhere
ERROR 42703: column "nowhere" does not exist
db> INSERT INTO sub (email) VALUES ('q') ON CONFLICT (lower(email), active) DO UPDATE SET id = excluded.id WHERE excluded.n > sub.n
INSERT 0 1
db> INSERT INTO sub (email) VALUES ('sub@x') ON CONFLICT (lower(email), active) DO UPDATE SET excluded.n = 1
ERROR 42703: column "excluded" of relation "sub" does not exist
db> SELECT email, active, n FROM sub ORDER BY id
email text | active bool | n int4
sub@x      | t           | 100
A@x        | f           | 0
q          | t           | 0
SELECT 3
