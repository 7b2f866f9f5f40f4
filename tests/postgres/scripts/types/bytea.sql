-- Bytes: hex in and out, escapes, functions.

db> SELECT '\x0102ff'::bytea, '\xABCD'::bytea, 'abc'::bytea, 'a\\b\000'::bytea
bytea bytea | bytea bytea | bytea bytea | bytea bytea
\x0102ff    | \xabcd      | \x616263    | \x615c6200
SELECT 1
db> SELECT '\x0'::bytea
ERROR 22023: invalid hexadecimal data: odd number of digits
db> SELECT '\xzz'::bytea
ERROR 22023: invalid hexadecimal digit: "z"
db> SELECT 'a\b'::bytea
ERROR 22P02: invalid input syntax for type bytea
db> SELECT length('\x0102'::bytea), '\x01'::bytea || '\x02', substring('\x010203'::bytea from 2 for 1), get_byte('\x0102'::bytea, 1)
length int4 | ?column? bytea | substring bytea | get_byte int4
2           | \x0102         | \x02            | 2
SELECT 1
db> SELECT encode('\x616263'::bytea, 'hex'), encode('abc'::bytea, 'base64'), encode('abc'::bytea, 'escape'), decode('YWJj', 'base64')
encode text | encode text | encode text | decode bytea
616263      | YWJj        | abc         | \x616263
SELECT 1
db> SELECT convert_from('\x616263', 'UTF8'), convert_to('abc', 'UTF8'), md5('abc'), sha256('abc'::bytea)
convert_from text | convert_to bytea | md5 text                         | sha256 bytea
abc               | \x616263         | 900150983cd24fb0d6963f7d28e17f72 | \xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
SELECT 1
db> SELECT '\x01'::bytea < '\x02', '\x01'::bytea = '\x0100'
?column? bool | ?column? bool
t             | f
SELECT 1
