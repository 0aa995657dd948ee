-- Sixteen products of five categories, one table for each category. Every table counts its ids from 1.
CREATE TABLE electronics (
  id SERIAL PRIMARY KEY,
  name VARCHAR NOT NULL,
  price NUMERIC(10, 2) NOT NULL,
  description VARCHAR NOT NULL,
  voltage FLOAT NOT NULL,
  wattage FLOAT NOT NULL,
  connectivity VARCHAR[] NOT NULL,
  screen_size FLOAT,
  warranty_years INTEGER NOT NULL
);

CREATE TABLE clothing (
  id SERIAL PRIMARY KEY,
  name VARCHAR NOT NULL,
  price NUMERIC(10, 2) NOT NULL,
  description VARCHAR NOT NULL,
  size VARCHAR NOT NULL,
  color VARCHAR NOT NULL,
  material VARCHAR NOT NULL,
  gender VARCHAR NOT NULL,
  care_instructions VARCHAR[] NOT NULL
);

CREATE TABLE books (
  id SERIAL PRIMARY KEY,
  name VARCHAR NOT NULL,
  price NUMERIC(10, 2) NOT NULL,
  description VARCHAR NOT NULL,
  isbn VARCHAR NOT NULL,
  author VARCHAR NOT NULL,
  pages INTEGER NOT NULL,
  publisher VARCHAR NOT NULL,
  edition INTEGER NOT NULL
);

CREATE TABLE groceries (
  id SERIAL PRIMARY KEY,
  name VARCHAR NOT NULL,
  price NUMERIC(10, 2) NOT NULL,
  description VARCHAR NOT NULL,
  calories INTEGER NOT NULL,
  ingredients VARCHAR[] NOT NULL,
  allergens VARCHAR[] NOT NULL,
  organic BOOLEAN NOT NULL,
  expiry_type VARCHAR NOT NULL
);

CREATE TABLE furniture (
  id SERIAL PRIMARY KEY,
  name VARCHAR NOT NULL,
  price NUMERIC(10, 2) NOT NULL,
  description VARCHAR NOT NULL,
  length_cm FLOAT NOT NULL,
  width_cm FLOAT NOT NULL,
  height_cm FLOAT NOT NULL,
  weight_kg FLOAT NOT NULL,
  assembly_required BOOLEAN NOT NULL,
  room_type VARCHAR[] NOT NULL
);

INSERT INTO electronics
  (name, price, description,
   voltage, wattage, connectivity, screen_size, warranty_years)
VALUES
  ('ThinkPad X1', 1299.99, '14-inch business laptop',
   220, 65, '{wifi, bluetooth, usb-c}', 14.0, 3),
  ('USB Mouse', 25.00, 'Three buttons and a wheel',
   5, 0.5, '{usb-a}', NULL, 1),
  ('Desk Lamp', 39.00, 'Dimmable, set from your phone',
   230, 9, '{bluetooth}', NULL, 2),
  ('Studio Monitor', 449.00, '27-inch 4K display',
   240, 45, '{hdmi, usb-c}', 27.0, 3);

INSERT INTO clothing
  (name, price, description,
   size, color, material, gender, care_instructions)
VALUES
  ('Cotton Basic Tee', 29.99, 'Plain crew-neck T-shirt',
   'L', 'navy', '100% cotton', 'unisex', '{"machine wash cold", "tumble dry low"}'),
  ('Merino Sweater', 89.50, 'Fine-knit sweater',
   'EU 48', 'charcoal', '100% merino wool', 'men', '{"hand wash cold", "dry flat"}'),
  ('Rain Jacket', 120.00, 'Hooded, with taped seams',
   'UK 12', 'olive', '100% polyester', 'women', '{"machine wash warm", "hang dry"}');

INSERT INTO books
  (name, price, description,
   isbn, author, pages, publisher, edition)
VALUES
  ('Python 101', 45.00, 'A first programming course',
   '9781234567019', 'Guido Rossi', 400, 'Northgate Press', 2),
  ('SQL by Example', 38.50, 'Two hundred queries, explained',
   '9781234567026', 'Ana Sousa', 312, 'Northgate Press', 1),
  ('The Tidy Desk', 19.90, 'Paper, cables and habits',
   '9781234567033', 'Tom Okafor', 176, 'Lantern Books', 3);

INSERT INTO groceries
  (name, price, description,
   calories, ingredients, allergens, organic, expiry_type)
VALUES
  ('Granola', 8.00, 'Toasted oats with honey, 500 g',
   450, '{oats, honey, almonds}', '{gluten, nuts}', TRUE, 'best_before'),
  ('Greek Yogurt', 3.20, 'Strained yogurt, 400 g',
   97, '{milk, "live cultures"}', '{dairy}', FALSE, 'use_by'),
  ('Rye Bread', 4.60, 'Sourdough loaf, 750 g',
   259, '{"rye flour", water, salt}', '{gluten}', TRUE, 'best_before');

INSERT INTO furniture
  (name, price, description,
   length_cm, width_cm, height_cm, weight_kg, assembly_required, room_type)
VALUES
  ('Oak Desk', 349.00, 'Solid oak, one drawer',
   140, 70, 74, 32.5, TRUE, '{office, bedroom}'),
  ('Bookshelf', 129.00, 'Five shelves, ash veneer',
   80, 30, 180, 24, TRUE, '{"living room", office}'),
  ('Armchair', 279.00, 'Wool cover, beech legs',
   82, 85, 98, 19.5, FALSE, '{"living room"}');
