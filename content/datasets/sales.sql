-- Sixty orders from January to March 2025, two items each.
CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  category TEXT NOT NULL,
  price NUMERIC(10, 2) NOT NULL
);

CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  ordered_at TIMESTAMP NOT NULL
);

CREATE TABLE order_items (
  order_id INTEGER NOT NULL REFERENCES orders (id),
  product_id INTEGER NOT NULL REFERENCES products (id),
  price NUMERIC(10, 2) NOT NULL,
  quantity INTEGER NOT NULL
);

INSERT INTO products VALUES
  (0, 'ThinkPad X1', 'electronics', 1299.99),
  (1, 'Cotton Basic Tee', 'clothing', 29.99),
  (2, 'Python 101', 'books', 45.00),
  (3, 'Desk Lamp', 'electronics', 39.00),
  (4, 'Merino Sweater', 'clothing', 89.50),
  (5, 'SQL by Example', 'books', 38.50);

INSERT INTO orders
SELECT n + 1, TIMESTAMP '2025-01-01' + n * INTERVAL '36 hours'
FROM generate_series(0, 59) AS n;

INSERT INTO order_items
SELECT n + 1, p.id, p.price, 1 + n % 3
FROM generate_series(0, 59) AS n JOIN products AS p ON p.id = n % 6;

INSERT INTO order_items
SELECT n + 1, p.id, p.price, 1
FROM generate_series(0, 59) AS n JOIN products AS p ON p.id = (5 * n + 2) % 6;
