-- # Values

SELECT 1, -7, 9223372036854775807, 9223372036854775808, 0x1F;

SELECT 0.1 + 0.2, 1e20, 2.0, 1.5e-10, 1e999;

SELECT 'a''b', "text", '', NULL;

SELECT x'00ff', typeof(x'00'), zeroblob(2) IS NOT NULL, hex('abc');

SELECT typeof(1), typeof(1.0), typeof('1'), typeof(NULL), typeof(x'');

SELECT 7 / 2, -7 / 2, 7 % 3, 7 / 2.0, 1 / 0, 2 << 3, ~5;

SELECT '5' + 1, '5abc' + 1, 'abc' + 1, '5' = 5, 5 || 6;

SELECT CAST('12abc' AS INTEGER), CAST(3.9 AS INTEGER), CAST(1 AS TEXT), CAST('x' AS REAL);

SELECT NULL = NULL, NULL IS NULL, 1 IS NOT NULL, NULL IS NOT 1, 1 <> NULL;

SELECT TRUE, FALSE, NOT 1, 1 AND NULL, 0 AND NULL, 1 OR NULL;

SELECT coalesce(NULL, 2), ifnull(NULL, 3), nullif(1, 1), iif(1, 'y', 'n'), max(1, 3), min('b', 'a');

SELECT 'abc' LIKE 'A%', 'abc' GLOB 'A*', 'a' BETWEEN 'A' AND 'b', 2 IN (1, 2), 'é' LIKE 'É';

SELECT length('größe'), upper('ß'), lower('ÄB'), substr('abcdef', 2, 3), substr('abc', -2), instr('abc', 'c');

SELECT trim('  a '), ltrim('xxa', 'x'), replace('banana', 'an', 'AN'), printf('%05.2f|%s', 3.14159, 'x'), quote('a''b');

SELECT round(2.5), round(-2.5), round(3.14159, 2), abs(-5), sign(-3);

SELECT unicode('é'), char(233, 65), hex(65), ltrim('0012', '0');

SELECT ceil(2.1), floor(-2.1), sqrt(16), pow(2, 10), mod(7, 3), pi();

SELECT date('2024-02-29'), date('2024-01-31', '+1 month'), time('12:30'), datetime('2024-02-29 12:30:00');

SELECT strftime('%Y-%m', '2024-02-29'), julianday('2024-01-02') - julianday('2024-01-01'), date('2024-03-01', '-1 day'), date('nonsense');

SELECT strftime('%w %j', '2024-02-29'), date('2024-02-29', 'start of month'), date('2024-02-29', 'weekday 1'), unixepoch('1970-01-02');

SELECT CASE WHEN 1 > 2 THEN 'a' ELSE 'b' END, CASE 3 WHEN 3 THEN 'three' END, CASE 1 WHEN 2 THEN 3 END;

SELECT 1 AS "a b", 2 AS [c d], 3 AS `e f`;

SELECT like('a%', 'abc'), total(1), nullif('a', 'b');

-- # Tables

CREATE TABLE products (id INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE, price REAL CHECK (price > 0), added DATE DEFAULT '2024-01-01');

CREATE TABLE products (id INT);

CREATE TABLE IF NOT EXISTS products (id INT);

CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, product_id INT REFERENCES products (id) ON DELETE CASCADE, quantity INT);

CREATE TABLE copied AS SELECT 1 AS a, 'x' AS b;

CREATE TEMP TABLE scratch (n INT);

CREATE TABLE strict_one (a INT, b TEXT, c ANY) STRICT;

CREATE TABLE bad (a INTEGR) STRICT;

CREATE TABLE bad (a INT, a TEXT);

CREATE TABLE bad (a INT PRIMARY KEY, b INT PRIMARY KEY);

CREATE TABLE gen (a INT, b INT GENERATED ALWAYS AS (a * 2) STORED);

CREATE TABLE worowid (k TEXT PRIMARY KEY, v INT) WITHOUT ROWID;

CREATE TABLE nokey (v INT) WITHOUT ROWID;

ALTER TABLE products ADD COLUMN color TEXT;

ALTER TABLE products ADD COLUMN color TEXT;

ALTER TABLE products ADD COLUMN size TEXT NOT NULL;

ALTER TABLE products RENAME COLUMN color TO colour;

ALTER TABLE products DROP COLUMN colour;

ALTER TABLE products DROP COLUMN sku;

ALTER TABLE products DROP COLUMN nothing;

ALTER TABLE nowhere RENAME TO somewhere;

ALTER TABLE products ALTER COLUMN sku TYPE INT;

CREATE INDEX by_price ON products (price);

CREATE INDEX by_price ON products (price);

CREATE INDEX bad ON products (nothing);

CREATE UNIQUE INDEX once ON products (lower(sku)) WHERE price > 1;

CREATE VIEW cheap AS SELECT id, sku FROM products WHERE price < 10;

CREATE VIEW cheap AS SELECT 1;

CREATE TABLE log (msg TEXT); CREATE TRIGGER note AFTER INSERT ON products BEGIN INSERT INTO log VALUES ('new ' || NEW.sku); END;

INSERT INTO products (sku, price) VALUES ('a', 1.5); SELECT * FROM log;

DROP TABLE nothing;

DROP TABLE IF EXISTS nothing;

DROP VIEW products;

DROP TABLE cheap;

DROP INDEX nothing;

DROP INDEX by_price;

DROP TRIGGER note;

SELECT name, type FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name;

PRAGMA table_info(products);

PRAGMA index_list('products');

PRAGMA foreign_key_list(orders);

PRAGMA foreign_keys;

PRAGMA user_version = 7; PRAGMA user_version;

PRAGMA encoding;

PRAGMA integrity_check;

CREATE TABLE sqlite_mine (a INT);

INSERT INTO cheap VALUES (1, 'x');

CREATE SCHEMA shop;

-- # Changing rows

CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, n INT CHECK (n >= 0), u INT UNIQUE);

INSERT INTO t VALUES (1, 'a', 1, 1), (2, 'b', 2, 2);

INSERT INTO t (name, n) VALUES ('c', 3) RETURNING id, name;

INSERT INTO t VALUES (1, 'again', 1, 9);

INSERT INTO t VALUES (5, 'e', 1, 1);

INSERT INTO t VALUES (6, NULL, 1, 6);

INSERT INTO t VALUES (7, 'g', -1, 7);

INSERT INTO t VALUES ('x', 'h', 1, 8);

INSERT INTO t VALUES (9, 'i');

INSERT INTO t (id, nme) VALUES (9, 'i');

INSERT INTO nowhere VALUES (1);

INSERT INTO t VALUES (1, 'again', 7, 1) ON CONFLICT (id) DO UPDATE SET n = excluded.n RETURNING id, n;

INSERT OR IGNORE INTO t VALUES (1, 'again', 1, 1);

INSERT OR REPLACE INTO t VALUES (1, 'new', 1, 1);

INSERT INTO t VALUES (1, 'x', 1, 1) ON CONFLICT (name) DO NOTHING;

INSERT INTO t (name) SELECT 'row ' || value FROM json_each('[1,2]');

INSERT INTO t DEFAULT VALUES;

UPDATE t SET n = n + 1 WHERE id < 3;

UPDATE t SET n = -5 WHERE id = 1;

UPDATE t SET nme = 'x';

UPDATE t SET (name, n) = ('z', 9) WHERE id = 3 RETURNING *;

UPDATE t SET n = 0 WHERE id = 99;

DELETE FROM t WHERE id > 3;

DELETE FROM t WHERE nothing = 1;

REPLACE INTO t VALUES (2, 'bb', 5, 2);

SELECT * FROM t ORDER BY id;

SELECT changes(), last_insert_rowid() > 0;

WITH gone AS (SELECT 1 AS id) DELETE FROM t WHERE id IN gone;

VALUES (1, 'x'), (2, 'y');

TRUNCATE TABLE t;

DELETE FROM t;

CREATE TABLE s (a INTEGER, b TEXT) STRICT; INSERT INTO s VALUES ('navy', 'x');

INSERT INTO s VALUES ('7', 8); SELECT typeof(a), typeof(b) FROM s;

PRAGMA foreign_keys = ON; CREATE TABLE p (id INT PRIMARY KEY); CREATE TABLE c (p INT REFERENCES p);

INSERT INTO c VALUES (7);

INSERT INTO p VALUES (1); INSERT INTO c VALUES (1); DELETE FROM p;

CREATE TABLE two (a INT, b INT, PRIMARY KEY (a, b)); INSERT INTO two VALUES (1, 1), (1, 1);

-- # Queries

CREATE TABLE people (id INT, name TEXT, city TEXT, born INT); INSERT INTO people VALUES (1, 'Ann', 'Rome', 1990), (2, 'Bob', 'Paris', 1985), (3, 'Cem', 'Rome', 1970), (4, 'Dee', NULL, 2000); CREATE TABLE pets (owner INT, pet TEXT); INSERT INTO pets VALUES (1, 'cat'), (1, 'dog'), (3, 'fish');

SELECT name, 2024 - born AS age FROM people WHERE city = 'Rome' ORDER BY age DESC;

SELECT city, count(*), avg(born), group_concat(name, '+') FROM people GROUP BY city ORDER BY city;

SELECT city, count(*) AS n FROM people GROUP BY city HAVING n > 1;

SELECT DISTINCT city FROM people ORDER BY 1;

SELECT name, pet FROM people JOIN pets ON owner = id ORDER BY pet;

SELECT name, pet FROM people LEFT JOIN pets ON owner = id ORDER BY name, pet;

SELECT name, pet FROM people RIGHT JOIN pets ON owner = id ORDER BY pet LIMIT 1;

SELECT name FROM people NATURAL JOIN (SELECT 1 AS id);

SELECT name FROM people WHERE id IN (SELECT owner FROM pets) ORDER BY name LIMIT 1 OFFSET 1;

SELECT name, rank() OVER (PARTITION BY city ORDER BY born), sum(born) OVER (ORDER BY id) FROM people ORDER BY id;

SELECT name, lag(name) OVER w FROM people WINDOW w AS (ORDER BY id) ORDER BY id;

SELECT 1 UNION SELECT 2 UNION ALL SELECT 2;

SELECT 1 INTERSECT SELECT 1; SELECT 1 EXCEPT SELECT 1;

WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT i, i * i FROM n;

SELECT count(*) FILTER (WHERE born > 1980) FROM people;

SELECT name, max(born) FROM people;

SELECT rowid, name FROM people WHERE rowid = 2;

SELECT name FROM peopel;

SELECT nme FROM people;

SELECT p.nope FROM people p;

SELECT x.name FROM people p;

SELECT id FROM people p, people q;

SELECT name FROM people WHERE count(*) > 1;

SELECT name FORM people;

SELECT name FROM people WHERE;

SELECT 1 @ 2;

SELECT # FROM people;

SELEC 1;

SELECT 1 +;

SELECT (1 + 2;

SELECT foo(1);

SELECT length(1, 2);

SELECT sum(1, 2);

SELECT 1 UNION SELECT 1, 2;

SELECT (SELECT id, name FROM people);

SELECT (1, 2) = (1, 2, 3);

SELECT born FROM people ORDER BY 2;

SELECT * FROM people LIMIT 'x';

SELECT "nope" FROM people LIMIT 1;

SELECT [nope] FROM people;

SELECT name AS nme FROM people WHERE nme2 = 1;

SELECT id, name FROM people UNION SELECT owner, name FROM pets;

SELECT name FROM people WHERE id IN (SELECT name FROM pets);

SELECT name FROM people ORDER BY pet;

SELECT 'name', name, (SELECT nam FROM people) FROM people;

SELECT p.name FROM people p JOIN pets q ON q.name = p.name;

SELECT upper(name), uper(name) FROM people;

SELECT 'form' AS form FORM people;

SELECT * FROM people WHERE name MATCH 'x';

SELECT max(name), row_number() FROM people;

SELECT count(DISTINCT) FROM people;

EXPLAIN QUERY PLAN SELECT * FROM people WHERE id = 1;

CREATE INDEX by_id ON people (id); EXPLAIN QUERY PLAN SELECT * FROM people WHERE id = 1;

EXPLAIN QUERY PLAN SELECT * FROM people WHERE id IN (SELECT owner FROM pets);

EXPLAIN QUERY PLAN SELECT * FROM nowhere;

-- # JSON

SELECT json('{"a": [1, 2.50, null]}'), json_extract('{"a": [1, 2]}', '$.a[1]'), json_type('[]'), json_valid('{a}');

SELECT '{"a": {"b": 1}}' -> '$.a', '{"a": "x"}' ->> 'a', '{"a": "x"}' -> 'a', '[1,2]' ->> 1;

SELECT json_object('a', 1, 'b', json_array(1, 'x')), json_array_length('[1,2]'), json_set('{"a": 1}', '$.b', 2), json_remove('{"a": 1, "b": 2}', '$.a');

SELECT key, value, type FROM json_each('{"a": 1, "b": [2]}');

SELECT fullkey, atom FROM json_tree('{"a": [1, {"b": 2}]}') WHERE atom IS NOT NULL;

SELECT json_group_array(value), json_group_object(key, value) FROM json_each('{"a": 1, "b": 2}');

SELECT json_patch('{"a": 1}', '{"b": 2}'), json_insert('[1]', '$[#]', 2), json_quote('x');

SELECT json('{a');

SELECT json_extract('{"a": 1}', 'a');

SELECT json_extract('{"a": 1}', '$.b'), '{"a": 1}' ->> '$.b';

-- # Full text

CREATE VIRTUAL TABLE docs USING fts4(title, body);

INSERT INTO docs VALUES ('one', 'the quick fox'), ('two', 'a lazy dog');

SELECT title FROM docs WHERE docs MATCH 'fox';

SELECT title FROM docs WHERE body MATCH 'laz*';

SELECT snippet(docs) FROM docs WHERE docs MATCH 'dog';

CREATE VIRTUAL TABLE v USING nothing(a);

-- # Transactions

CREATE TABLE acc (id INTEGER PRIMARY KEY, n INT);
INSERT INTO acc VALUES (1, 100);

BEGIN;
UPDATE acc SET n = 0;
ROLLBACK;
SELECT n FROM acc;

BEGIN;
INSERT INTO acc VALUES (1, 1);
INSERT INTO acc VALUES (2, 2);
COMMIT;
SELECT count(*) FROM acc;

BEGIN;
SAVEPOINT s;
DELETE FROM acc;
ROLLBACK TO s;
RELEASE s;
COMMIT;
SELECT count(*) FROM acc;

BEGIN;
BEGIN;

COMMIT;
COMMIT;

ROLLBACK;

RELEASE nothing;

ROLLBACK TO nothing;

BEGIN;
VACUUM;
ROLLBACK;

BEGIN IMMEDIATE;
INSERT OR ROLLBACK INTO acc VALUES (1, 1);
COMMIT;

VACUUM;
ANALYZE;
REINDEX;

ATTACH ':memory:' AS other;
CREATE TABLE other.t (n INT);
INSERT INTO other.t VALUES (1);
SELECT * FROM other.t;

DETACH other;
DETACH other;

SELECT * FROM other.t;

-- # Commands

CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, note TEXT); CREATE TABLE "my orders" (id INT, user_id INT); CREATE INDEX by_name ON users (name); CREATE VIEW names AS SELECT name FROM users; CREATE TRIGGER tr AFTER DELETE ON users BEGIN SELECT 1; END; INSERT INTO users VALUES (1, 'Ann', 'two
lines'), (2, NULL, ''), (3, 'O''Hara, "Bob"', 'größe');

.tables

.tables u%

.tables nothing

.table

.indexes

.indexes users

.indices nothing

.schema

.schema users

.schema nothing

.schema u*

.databases

.print hello   "two words" 'x y'

.dump

.dump users

.nonsense

.headers

.headers maybe

.headers on

.mode list

SELECT id, name FROM users;

.mode nonsense

.nullvalue NIL

.nullvalue

SELECT id, name FROM users;

.separator ", "

SELECT id, name FROM users;

.mode csv

SELECT * FROM users;

.mode tabs

SELECT id, name FROM users;

.mode column

SELECT * FROM users;

.mode box

SELECT * FROM users;

SELECT 1 WHERE 0;

.mode table

SELECT id, name FROM users;

.mode markdown

SELECT id, name FROM users;

.width 10 -8

SELECT id, name FROM users;

.width

.mode json

SELECT * FROM users;

SELECT 1.5 AS r, NULL AS n, 'a"b' AS t;

.mode line

SELECT id, name FROM users;

.mode quote

SELECT id, name, x'ab' FROM users;

.mode insert users

SELECT id, name FROM users WHERE id < 3;

.mode tcl

SELECT id, name FROM users WHERE id < 3;

.mode html

SELECT id, name FROM users;

.headers off

.mode list

SELECT id, name FROM users;

.mode column

SELECT id, name FROM users;

.changes on

UPDATE users SET note = 'x';

.changes off

.mode list

.eqp on

SELECT count(*) FROM users WHERE name = 'Ann';

.eqp off

# a comment of the shell

.bail off
