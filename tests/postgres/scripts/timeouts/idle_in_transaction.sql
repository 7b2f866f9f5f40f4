-- idle_in_transaction_session_timeout ends the connection; what it held is free.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> SET idle_in_transaction_session_timeout = '0'
SET
a> SHOW idle_in_transaction_session_timeout
idle_in_transaction_session_timeout text
0
SHOW
