-- Functions of bytea: bits, bytes, parts, encodings.

db> SELECT get_bit('\x1234'::bytea, 2), get_byte('\x1234'::bytea, 1), set_bit('\x1234'::bytea, 0, 1), set_byte('\x1234'::bytea, 0, 255), bit_count('\xff01'::bytea), length('\x1234'::bytea), octet_length('\x12'::bytea), bit_length('\x12'::bytea)
get_bit int4 | get_byte int4 | set_bit bytea | set_byte bytea | bit_count int8 | length int4 | octet_length int4 | bit_length int4
0            | 52            | \x1334        | \xff34         | 9              | 2           | 1                 | 8
SELECT 1
db> SELECT get_bit('\x12'::bytea, 8)
ERROR 2202E: index 8 out of valid range, 0..7
db> SELECT get_byte('\x12'::bytea, -1)
ERROR 2202E: index -1 out of valid range, 0..0
db> SELECT set_bit('\x12'::bytea, 0, 2)
ERROR 22023: new bit must be 0 or 1
db> SELECT set_byte('\x12'::bytea, 1, 0)
ERROR 2202E: index 1 out of valid range, 0..0
db> SELECT substring('\x123456'::bytea from 2 for 1), substr('\x123456'::bytea, 2), position('\x34'::bytea in '\x123456'::bytea), overlay('\x123456'::bytea placing '\xff'::bytea from 2), overlay('\x123456'::bytea placing '\xffff'::bytea from 2 for 1), '\x12'::bytea || '\x34'
substring bytea | substr bytea | position int4 | overlay bytea | overlay bytea | ?column? bytea
\x34            | \x3456       | 2             | \x12ff56      | \x12ffff56    | \x1234
SELECT 1
db> SELECT trim('\x00'::bytea from '\x001200'::bytea), ltrim('\x0012'::bytea, '\x00'), rtrim('\x1200'::bytea, '\x00')
btrim bytea | ltrim bytea | rtrim bytea
\x12        | \x12        | \x12
SELECT 1
db> SELECT encode('hello', 'base64'), encode('\x00ff', 'hex'), encode('a\\b\000', 'escape'), encode(repeat('x', 60)::bytea, 'base64'), decode('aGVsbG8=', 'base64'), decode('00ff', 'hex'), decode('a\\000', 'escape'), decode(E'aGVs\nbG8=', 'base64')
encode text | encode text | encode text | encode text                                      | decode bytea | decode bytea | decode bytea | decode bytea
aGVsbG8=    | 00ff        | a\\b\000    | 'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4\neHh4' | \x68656c6c6f | \x00ff       | \x615c303030 | \x68656c6c6f
SELECT 1
db> SELECT decode('a', 'hex')
ERROR 22023: invalid hexadecimal data: odd number of digits
db> SELECT decode('zz', 'hex')
ERROR 22023: invalid hexadecimal digit: "z"
db> SELECT decode('a$', 'base64')
ERROR 22023: invalid symbol "$" found while decoding base64 sequence
db> SELECT decode('abc', 'base64')
ERROR 22023: invalid base64 end sequence
HINT: Input data is missing padding, is truncated, or is otherwise corrupted.
db> SELECT encode('a', 'rot13')
ERROR 22023: unrecognized encoding: "rot13"
db> SELECT md5('abc'), md5('abc'::bytea), sha224('abc'), sha256('abc'), encode(sha384('abc'), 'hex'), sha512('')
md5 text                         | md5 text                         | sha224 bytea                                     | sha256 bytea                                     | encode text                                      | sha512 bytea
900150983cd24fb0d6963f7d28e17f72 | 900150983cd24fb0d6963f7d28e17f72 | \x23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7 | \xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad | cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7 | \xcf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e
SELECT 1
db> SELECT convert_from('\xc3a9'::bytea, 'UTF8'), convert_to('é', 'UTF8'), convert_to('é', 'LATIN1'), convert_from('\xe9'::bytea, 'latin1')
convert_from text | convert_to bytea | convert_to bytea | convert_from text
é                 | \xc3a9           | \xe9             | é
SELECT 1
db> SELECT convert_from('\xff'::bytea, 'UTF8')
ERROR 22021: invalid byte sequence for encoding "UTF8": 0xff
db> SELECT convert_from('\xc3'::bytea, 'UTF8')
ERROR 22021: invalid byte sequence for encoding "UTF8": 0xc3
db> SELECT convert_to('€', 'LATIN1')
ERROR 22P05: character with byte sequence 0xe2 0x82 0xac in encoding "UTF8" has no equivalent in encoding "LATIN1"
db> SELECT convert_to('a', 'klingon')
ERROR 22023: invalid destination encoding name "klingon"
db> SELECT '\x12'::bytea < '\x13'::bytea, '\x12'::bytea = 'a', 'abc'::bytea LIKE 'a%'::bytea, 'a_c'::bytea LIKE 'a$_c'::bytea ESCAPE '$'::bytea, 'abc'::bytea NOT LIKE '_'::bytea
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | f             | t             | t             | t
SELECT 1
db> SELECT '\x1'::bytea
ERROR 22023: invalid hexadecimal data: odd number of digits
db> SELECT '\xzz'::bytea
ERROR 22023: invalid hexadecimal digit: "z"
db> SELECT 'a\b'::bytea
ERROR 22P02: invalid input syntax for type bytea
db> SELECT 'a\\b\101'::bytea, 'é'::bytea
bytea bytea | bytea bytea
\x615c6241  | \xc3a9
SELECT 1
