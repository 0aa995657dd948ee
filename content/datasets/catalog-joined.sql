-- Sixteen products of five categories: what all share in products, the rest in one table per category.
CREATE TABLE products (
  id SERIAL PRIMARY KEY,
  name VARCHAR NOT NULL,
  price NUMERIC(10, 2) NOT NULL,
  description VARCHAR NOT NULL,
  category VARCHAR NOT NULL
);

CREATE TABLE electronics (
  id INTEGER PRIMARY KEY REFERENCES products (id),
  voltage FLOAT NOT NULL,
  wattage FLOAT NOT NULL,
  connectivity VARCHAR[] NOT NULL,
  screen_size FLOAT,
  warranty_years INTEGER NOT NULL
);

CREATE TABLE clothing (
  id INTEGER PRIMARY KEY REFERENCES products (id),
  size VARCHAR NOT NULL,
  color VARCHAR NOT NULL,
  material VARCHAR NOT NULL,
  gender VARCHAR NOT NULL,
  care_instructions VARCHAR[] NOT NULL
);

CREATE TABLE books (
  id INTEGER PRIMARY KEY REFERENCES products (id),
  isbn VARCHAR NOT NULL,
  author VARCHAR NOT NULL,
  pages INTEGER NOT NULL,
  publisher VARCHAR NOT NULL,
  edition INTEGER NOT NULL
);

CREATE TABLE groceries (
  id INTEGER PRIMARY KEY REFERENCES products (id),
  calories INTEGER NOT NULL,
  ingredients VARCHAR[] NOT NULL,
  allergens VARCHAR[] NOT NULL,
  organic BOOLEAN NOT NULL,
  expiry_type VARCHAR NOT NULL
);

CREATE TABLE furniture (
  id INTEGER PRIMARY KEY REFERENCES products (id),
  length_cm FLOAT NOT NULL,
  width_cm FLOAT NOT NULL,
  height_cm FLOAT NOT NULL,
  weight_kg FLOAT NOT NULL,
  assembly_required BOOLEAN NOT NULL,
  room_type VARCHAR[] NOT NULL
);

INSERT INTO products (name, price, description, category) VALUES
  ('ThinkPad X1', 1299.99, '14-inch business laptop', 'electronics'),
  ('USB Mouse', 25.00, 'Three buttons and a wheel', 'electronics'),
  ('Desk Lamp', 39.00, 'Dimmable, set from your phone', 'electronics'),
  ('Studio Monitor', 449.00, '27-inch 4K display', 'electronics'),
  ('Cotton Basic Tee', 29.99, 'Plain crew-neck T-shirt', 'clothing'),
  ('Merino Sweater', 89.50, 'Fine-knit sweater', 'clothing'),
  ('Rain Jacket', 120.00, 'Hooded, with taped seams', 'clothing'),
  ('Python 101', 45.00, 'A first programming course', 'books'),
  ('SQL by Example', 38.50, 'Two hundred queries, explained', 'books'),
  ('The Tidy Desk', 19.90, 'Paper, cables and habits', 'books'),
  ('Granola', 8.00, 'Toasted oats with honey, 500 g', 'groceries'),
  ('Greek Yogurt', 3.20, 'Strained yogurt, 400 g', 'groceries'),
  ('Rye Bread', 4.60, 'Sourdough loaf, 750 g', 'groceries'),
  ('Oak Desk', 349.00, 'Solid oak, one drawer', 'furniture'),
  ('Bookshelf', 129.00, 'Five shelves, ash veneer', 'furniture'),
  ('Armchair', 279.00, 'Wool cover, beech legs', 'furniture');

INSERT INTO electronics (id, voltage, wattage, connectivity, screen_size, warranty_years) VALUES
  (1, 220, 65, '{wifi, bluetooth, usb-c}', 14.0, 3),
  (2, 5, 0.5, '{usb-a}', NULL, 1),
  (3, 230, 9, '{bluetooth}', NULL, 2),
  (4, 240, 45, '{hdmi, usb-c}', 27.0, 3);

INSERT INTO clothing (id, size, color, material, gender, care_instructions) VALUES
  (5, 'L', 'navy', '100% cotton', 'unisex', '{"machine wash cold", "tumble dry low"}'),
  (6, 'EU 48', 'charcoal', '100% merino wool', 'men', '{"hand wash cold", "dry flat"}'),
  (7, 'UK 12', 'olive', '100% polyester', 'women', '{"machine wash warm", "hang dry"}');

INSERT INTO books (id, isbn, author, pages, publisher, edition) VALUES
  (8, '9781234567019', 'Guido Rossi', 400, 'Northgate Press', 2),
  (9, '9781234567026', 'Ana Sousa', 312, 'Northgate Press', 1),
  (10, '9781234567033', 'Tom Okafor', 176, 'Lantern Books', 3);

INSERT INTO groceries (id, calories, ingredients, allergens, organic, expiry_type) VALUES
  (11, 450, '{oats, honey, almonds}', '{gluten, nuts}', TRUE, 'best_before'),
  (12, 97, '{milk, "live cultures"}', '{dairy}', FALSE, 'use_by'),
  (13, 259, '{"rye flour", water, salt}', '{gluten}', TRUE, 'best_before');

INSERT INTO furniture (id, length_cm, width_cm, height_cm, weight_kg, assembly_required, room_type) VALUES
  (14, 140, 70, 74, 32.5, TRUE, '{office, bedroom}'),
  (15, 80, 30, 180, 24, TRUE, '{"living room", office}'),
  (16, 82, 85, 98, 19.5, FALSE, '{"living room"}');
