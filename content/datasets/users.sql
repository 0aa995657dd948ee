-- The same five users as in users.redis, as a table.
CREATE TABLE users (
  id VARCHAR PRIMARY KEY,
  name VARCHAR NOT NULL,
  email VARCHAR NOT NULL UNIQUE,
  age INTEGER NOT NULL
);

INSERT INTO users VALUES
  ('alice', 'Alice Chen', 'alice@example.com', 31),
  ('bob', 'Bob Ortiz', 'bob@example.com', 24),
  ('charlie', 'Charlie Diaz', 'charlie@example.com', 45),
  ('dana', 'Dana Novak', 'dana@example.com', 19),
  ('erik', 'Erik Holm', 'erik@example.com', 27);
