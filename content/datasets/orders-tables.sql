-- The same five orders in four tables. Every id is a foreign key, and PostgreSQL checks it.
CREATE TABLE customers (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE
);

CREATE TABLE products (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  price NUMERIC(10, 2) NOT NULL
);

CREATE TABLE orders (
  id TEXT PRIMARY KEY,
  ordered_at TIMESTAMPTZ NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id)
);

-- The price is the price of that day: it is copied, not looked up.
CREATE TABLE order_items (
  order_id TEXT NOT NULL REFERENCES orders (id),
  product_id TEXT NOT NULL REFERENCES products (id),
  price NUMERIC(10, 2) NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (order_id, product_id)
);

INSERT INTO customers VALUES
  ('user_alice', 'Alice', 'alice@example.com'),
  ('user_bob', 'Bob', 'bob@example.com');

INSERT INTO products VALUES
  ('prod_001', 'ThinkPad X1', 1299.99),
  ('prod_002', 'USB Mouse', 25.00),
  ('prod_003', 'Cotton Basic Tee', 29.99),
  ('prod_004', 'Python 101', 45.00);

INSERT INTO orders VALUES
  ('order_001', '2025-01-15T10:30:00Z', 'user_alice'),
  ('order_002', '2025-02-03T18:05:00Z', 'user_bob'),
  ('order_003', '2025-02-20T08:12:00Z', 'user_alice'),
  ('order_004', '2025-03-08T21:40:00Z', 'user_alice'),
  ('order_005', '2025-03-11T13:00:00Z', 'user_bob');

INSERT INTO order_items VALUES
  ('order_001', 'prod_001', 1299.99, 1),
  ('order_001', 'prod_002', 25.00, 2),
  ('order_002', 'prod_002', 25.00, 1),
  ('order_003', 'prod_003', 29.99, 3),
  ('order_004', 'prod_004', 45.00, 1),
  ('order_005', 'prod_001', 1299.99, 1);
