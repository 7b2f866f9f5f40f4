-- An application's own parameters, as row level security and auditing use them.

db> SHOW app.tenant
ERROR 42704: unrecognized configuration parameter "app.tenant"
db> SELECT current_setting('app.tenant')
ERROR 42704: unrecognized configuration parameter "app.tenant"
db> SELECT current_setting('app.tenant', true) IS NULL
?column? bool
t
SELECT 1
db> SET app.tenant = 'acme'
SET
db> SHOW app.tenant
app.tenant text
acme
SHOW
db> SELECT current_setting('app.tenant')
current_setting text
acme
SELECT 1
db> SELECT current_setting('APP.Tenant', false)
current_setting text
acme
SELECT 1
db> RESET app.tenant
RESET
db> SELECT current_setting('app.tenant')
current_setting text
''
SELECT 1
db> SELECT set_config('app.user', '42', false)
set_config text
42
SELECT 1
db> SELECT current_setting('app.user')::int + 1
?column? int4
43
SELECT 1
db> BEGIN
BEGIN
db> SELECT set_config('app.user', '43', true)
set_config text
43
SELECT 1
db> SELECT current_setting('app.user')
current_setting text
43
SELECT 1
db> COMMIT
COMMIT
db> SELECT current_setting('app.user')
current_setting text
42
SELECT 1
db> BEGIN
BEGIN
db> SELECT set_config('app.other', 'x', true), current_setting('app.user')
set_config text | current_setting text
x               | 42
SELECT 1
db> SELECT current_setting('app.other', true)
current_setting text
x
SELECT 1
db> COMMIT
COMMIT
db> SELECT current_setting('app.other', true)
current_setting text
''
SELECT 1
db> BEGIN
BEGIN
db> SET LOCAL app.third = 'y'
SET
db> ROLLBACK
ROLLBACK
db> SELECT current_setting('app.third', true)
current_setting text
''
SELECT 1
db> SELECT set_config('app.user', NULL, false)
set_config text
''
SELECT 1
db> SELECT current_setting('app.user')
current_setting text
''
SELECT 1
db> SELECT set_config(NULL, 'x', false)
ERROR 22004: SET requires parameter name
db> SELECT set_config('work_mem', '8MB', false)
set_config text
8MB
SELECT 1
db> SHOW work_mem
work_mem text
8MB
SHOW
db> SELECT set_config('work_mem', 'lots', false)
ERROR 22023: invalid value for parameter "work_mem": "lots"
db> SELECT set_config('nope', 'x', false)
ERROR 42704: unrecognized configuration parameter "nope"
db> SELECT current_setting('nope')
ERROR 42704: unrecognized configuration parameter "nope"
db> SELECT current_setting('nope', true)
current_setting text
NULL
SELECT 1
db> SELECT current_setting(NULL)
current_setting text
NULL
SELECT 1
db> SELECT set_config('app.1x', 'x', false)
ERROR 42602: invalid configuration parameter name "app.1x"
DETAIL: Custom parameter names must be two or more simple identifiers separated by dots.
db> SET app."a b" = 1
ERROR 42602: invalid configuration parameter name "app.a b"
DETAIL: Custom parameter names must be two or more simple identifiers separated by dots.
db> SET app.list = 1, 2
ERROR 22023: SET app.list takes only one argument
db> SET app.number = 1.5
SET
db> SHOW app.number
app.number text
1.5
SHOW
db> SELECT current_setting('lock_timeout'), current_setting('server_version_num')::int / 10000
current_setting text | ?column? int4
0                    | 15
SELECT 1
db> CREATE TABLE doc (id int PRIMARY KEY, tenant text DEFAULT current_setting('app.tenant', true))
CREATE TABLE
db> SET app.tenant = 'acme'
SET
db> INSERT INTO doc VALUES (1)
INSERT 0 1
db> SET app.tenant = 'other'
SET
db> INSERT INTO doc VALUES (2)
INSERT 0 1
db> SELECT * FROM doc WHERE tenant = current_setting('app.tenant')
id int4 | tenant text
2       | other
SELECT 1
db> SELECT set_config('transaction_read_only', 'on', true)
set_config text
on
SELECT 1
db> SHOW transaction_read_only
transaction_read_only text
off
SHOW
