-- Sixteen products of five categories in one table. A column for every attribute of every category.
CREATE TABLE products (
  id SERIAL PRIMARY KEY,
  name VARCHAR NOT NULL,
  price NUMERIC(10, 2) NOT NULL,
  description VARCHAR NOT NULL,
  category VARCHAR NOT NULL,
  voltage FLOAT,
  wattage FLOAT,
  connectivity VARCHAR[],
  screen_size FLOAT,
  warranty_years INTEGER,
  size VARCHAR,
  color VARCHAR,
  material VARCHAR,
  gender VARCHAR,
  care_instructions VARCHAR[],
  isbn VARCHAR,
  author VARCHAR,
  pages INTEGER,
  publisher VARCHAR,
  edition INTEGER,
  calories INTEGER,
  ingredients VARCHAR[],
  allergens VARCHAR[],
  organic BOOLEAN,
  expiry_type VARCHAR,
  length_cm FLOAT,
  width_cm FLOAT,
  height_cm FLOAT,
  weight_kg FLOAT,
  assembly_required BOOLEAN,
  room_type VARCHAR[]
);

INSERT INTO products
  (name, price, description, category,
   voltage, wattage, connectivity, screen_size, warranty_years)
VALUES
  ('ThinkPad X1', 1299.99, '14-inch business laptop', 'electronics',
   220, 65, '{wifi, bluetooth, usb-c}', 14.0, 3),
  ('USB Mouse', 25.00, 'Three buttons and a wheel', 'electronics',
   5, 0.5, '{usb-a}', NULL, 1),
  ('Desk Lamp', 39.00, 'Dimmable, set from your phone', 'electronics',
   230, 9, '{bluetooth}', NULL, 2),
  ('Studio Monitor', 449.00, '27-inch 4K display', 'electronics',
   240, 45, '{hdmi, usb-c}', 27.0, 3);

INSERT INTO products
  (name, price, description, category,
   size, color, material, gender, care_instructions)
VALUES
  ('Cotton Basic Tee', 29.99, 'Plain crew-neck T-shirt', 'clothing',
   'L', 'navy', '100% cotton', 'unisex', '{"machine wash cold", "tumble dry low"}'),
  ('Merino Sweater', 89.50, 'Fine-knit sweater', 'clothing',
   'EU 48', 'charcoal', '100% merino wool', 'men', '{"hand wash cold", "dry flat"}'),
  ('Rain Jacket', 120.00, 'Hooded, with taped seams', 'clothing',
   'UK 12', 'olive', '100% polyester', 'women', '{"machine wash warm", "hang dry"}');

INSERT INTO products
  (name, price, description, category,
   isbn, author, pages, publisher, edition)
VALUES
  ('Python 101', 45.00, 'A first programming course', 'books',
   '9781234567019', 'Guido Rossi', 400, 'Northgate Press', 2),
  ('SQL by Example', 38.50, 'Two hundred queries, explained', 'books',
   '9781234567026', 'Ana Sousa', 312, 'Northgate Press', 1),
  ('The Tidy Desk', 19.90, 'Paper, cables and habits', 'books',
   '9781234567033', 'Tom Okafor', 176, 'Lantern Books', 3);

INSERT INTO products
  (name, price, description, category,
   calories, ingredients, allergens, organic, expiry_type)
VALUES
  ('Granola', 8.00, 'Toasted oats with honey, 500 g', 'groceries',
   450, '{oats, honey, almonds}', '{gluten, nuts}', TRUE, 'best_before'),
  ('Greek Yogurt', 3.20, 'Strained yogurt, 400 g', 'groceries',
   97, '{milk, "live cultures"}', '{dairy}', FALSE, 'use_by'),
  ('Rye Bread', 4.60, 'Sourdough loaf, 750 g', 'groceries',
   259, '{"rye flour", water, salt}', '{gluten}', TRUE, 'best_before');

INSERT INTO products
  (name, price, description, category,
   length_cm, width_cm, height_cm, weight_kg, assembly_required, room_type)
VALUES
  ('Oak Desk', 349.00, 'Solid oak, one drawer', 'furniture',
   140, 70, 74, 32.5, TRUE, '{office, bedroom}'),
  ('Bookshelf', 129.00, 'Five shelves, ash veneer', 'furniture',
   80, 30, 180, 24, TRUE, '{"living room", office}'),
  ('Armchair', 279.00, 'Wool cover, beech legs', 'furniture',
   82, 85, 98, 19.5, FALSE, '{"living room"}');
