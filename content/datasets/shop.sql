-- The shop as tables: sixteen products of five categories, four customers, eight orders.
-- The same data as documents is in shop.mongosh.js.
CREATE TABLE products (
  id SERIAL PRIMARY KEY,
  name VARCHAR NOT NULL,
  price NUMERIC(10, 2) NOT NULL,
  category VARCHAR NOT NULL,
  attributes JSONB NOT NULL DEFAULT '{}',
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE customers (
  id SERIAL PRIMARY KEY,
  name VARCHAR NOT NULL,
  email VARCHAR NOT NULL UNIQUE,
  city VARCHAR NOT NULL
);

CREATE TABLE orders (
  id SERIAL PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  ordered_at TIMESTAMPTZ NOT NULL,
  status VARCHAR NOT NULL
);

-- The price of that day: it stays when the product's price changes.
CREATE TABLE order_items (
  order_id INTEGER NOT NULL REFERENCES orders (id),
  product_id INTEGER NOT NULL REFERENCES products (id),
  price NUMERIC(10, 2) NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (order_id, product_id)
);

INSERT INTO products (name, price, category, created_at, attributes) VALUES
  ('ThinkPad X1', 1299.99, 'electronics', '2024-11-04 09:00:00+00',
   '{"voltage": 220, "wattage": 65, "connectivity": ["wifi", "bluetooth", "usb-c"], "screen": {"size": 14, "resolution": "1920x1200", "type": "IPS"}, "warranty": {"years": 3, "covers": ["hardware", "battery"]}}'),
  ('USB Mouse', 25.00, 'electronics', '2024-11-04 09:05:00+00',
   '{"voltage": 5, "wattage": 0.5, "connectivity": ["usb-a"], "warranty": {"years": 1, "covers": ["hardware"]}}'),
  ('Desk Lamp', 39.00, 'electronics', '2024-11-05 14:20:00+00',
   '{"voltage": 230, "wattage": 9, "connectivity": ["bluetooth"], "warranty": {"years": 2, "covers": ["hardware"]}}'),
  ('Studio Monitor', 449.00, 'electronics', '2024-11-06 08:45:00+00',
   '{"voltage": 240, "wattage": 45, "connectivity": ["hdmi", "usb-c"], "screen": {"size": 27, "resolution": "3840x2160", "type": "IPS"}, "warranty": {"years": 3, "covers": ["hardware", "panel"]}}'),
  ('Cotton Basic Tee', 29.99, 'clothing', '2024-11-11 10:00:00+00',
   '{"size": "L", "color": "navy", "material": "100% cotton", "sizes_available": ["S", "M", "L", "XL"], "care": ["machine wash cold", "tumble dry low"]}'),
  ('Merino Sweater', 89.50, 'clothing', '2024-11-11 10:05:00+00',
   '{"size": "EU 48", "color": "charcoal", "material": "100% merino wool", "sizes_available": ["EU 46", "EU 48", "EU 50"], "care": ["hand wash cold", "dry flat"]}'),
  ('Rain Jacket', 120.00, 'clothing', '2024-11-12 16:30:00+00',
   '{"size": "UK 12", "color": "olive", "material": "100% polyester", "sizes_available": ["UK 10", "UK 12", "UK 14"], "care": ["machine wash warm", "hang dry"]}'),
  ('Python 101', 45.00, 'books', '2024-11-18 09:00:00+00',
   '{"isbn": "9781234567019", "author": "Guido Rossi", "pages": 400, "publisher": "Northgate Press", "edition": 2}'),
  ('SQL by Example', 38.50, 'books', '2024-11-18 09:10:00+00',
   '{"isbn": "9781234567026", "author": "Ana Sousa", "pages": 312, "publisher": "Northgate Press", "edition": 1}'),
  ('The Tidy Desk', 19.90, 'books', '2024-11-19 13:00:00+00',
   '{"isbn": "9781234567033", "author": "Tom Okafor", "pages": 176, "publisher": "Lantern Books", "edition": 3}'),
  ('Granola', 8.00, 'groceries', '2024-11-25 07:30:00+00',
   '{"calories": 450, "ingredients": ["oats", "honey", "almonds"], "allergens": ["gluten", "nuts"], "organic": true, "expiry_type": "best_before"}'),
  ('Greek Yogurt', 3.20, 'groceries', '2024-11-25 07:35:00+00',
   '{"calories": 97, "ingredients": ["milk", "live cultures"], "allergens": ["dairy"], "organic": false, "expiry_type": "use_by"}'),
  ('Rye Bread', 4.60, 'groceries', '2024-11-25 07:40:00+00',
   '{"calories": 259, "ingredients": ["rye flour", "water", "salt"], "allergens": ["gluten"], "organic": true, "expiry_type": "best_before"}'),
  ('Oak Desk', 349.00, 'furniture', '2024-12-02 11:00:00+00',
   '{"dimensions": {"length": 140, "width": 70, "height": 74}, "weight_kg": 32.5, "assembly_required": true, "room_type": ["office", "bedroom"]}'),
  ('Bookshelf', 129.00, 'furniture', '2024-12-02 11:15:00+00',
   '{"dimensions": {"length": 80, "width": 30, "height": 180}, "weight_kg": 24, "assembly_required": true, "room_type": ["living room", "office"]}'),
  ('Armchair', 279.00, 'furniture', '2024-12-03 15:45:00+00',
   '{"dimensions": {"length": 82, "width": 85, "height": 98}, "weight_kg": 19.5, "assembly_required": false, "room_type": ["living room"]}');

INSERT INTO customers (name, email, city) VALUES
  ('Alice', 'alice@example.com', 'Lisbon'),
  ('Bob', 'bob@example.com', 'Lyon'),
  ('Carol', 'carol@example.com', 'Lyon'),
  ('Dave', 'dave@example.com', 'Tallinn');

INSERT INTO orders (customer_id, ordered_at, status) VALUES
  (1, '2025-01-15 10:30:00+00', 'shipped'),
  (2, '2025-01-20 18:05:00+00', 'shipped'),
  (1, '2025-02-03 08:12:00+00', 'shipped'),
  (3, '2025-02-11 12:40:00+00', 'shipped'),
  (2, '2025-02-25 20:15:00+00', 'shipped'),
  (1, '2025-03-04 07:55:00+00', 'paid'),
  (3, '2025-03-10 16:20:00+00', 'cancelled'),
  (2, '2025-03-18 09:25:00+00', 'paid');

INSERT INTO order_items (order_id, product_id, price, quantity) VALUES
  (1, 1, 1299.99, 1),
  (1, 2, 25.00, 2),
  (2, 14, 349.00, 1),
  (2, 3, 39.00, 1),
  (3, 5, 29.99, 2),
  (3, 11, 8.00, 3),
  (4, 8, 45.00, 1),
  (4, 9, 38.50, 1),
  (5, 4, 429.00, 2),
  (6, 7, 120.00, 1),
  (6, 13, 4.60, 2),
  (7, 16, 279.00, 1),
  (8, 9, 38.50, 1),
  (8, 12, 3.20, 6);
