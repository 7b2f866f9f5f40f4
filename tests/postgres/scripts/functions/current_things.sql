-- What tells about the session.

db> SELECT current_user = session_user, current_database() = current_catalog, current_schema(), pg_backend_pid() > 0, version() LIKE 'PostgreSQL 15%', inet_server_port() > 0 IS NOT NULL
?column? bool | ?column? bool | current_schema name | ?column? bool | ?column? bool | ?column? bool
t             | t             | public              | t             | t             | t
SELECT 1
db> SELECT current_timestamp = now(), localtimestamp = now()::timestamp, current_time IS NOT NULL, localtime IS NOT NULL, current_date = now()::date, statement_timestamp() >= now(), clock_timestamp() >= now(), timeofday() IS NOT NULL
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | t             | t             | t             | t             | t             | t
SELECT 1
db> SELECT current_timestamp(0) = date_trunc('second', now()) OR current_timestamp(0) > now() AS rounded
rounded bool
t
SELECT 1
db> SELECT txid_current() > 0, pg_is_in_recovery(), current_setting('server_version_num')::int / 10000
?column? bool | pg_is_in_recovery bool | ?column? int4
t             | f                      | 15
SELECT 1
db> SELECT current_setting('nowhere')
ERROR 42704: unrecognized configuration parameter "nowhere"
db> SELECT current_setting('nowhere', true)
current_setting text
NULL
SELECT 1
db> SELECT set_config('my.setting', 'x', false), current_setting('my.setting')
set_config text | current_setting text
x               | x
SELECT 1
