-- A shop in four tables: customers, their orders, the lines of each order, and the products.
CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);

CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  price NUMERIC(10, 2) NOT NULL CHECK (price > 0)
);

CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers,
  ordered DATE NOT NULL
);

CREATE TABLE order_items (
  order_id INTEGER NOT NULL REFERENCES orders,
  product_id INTEGER NOT NULL REFERENCES products,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (order_id, product_id)
);

INSERT INTO customers VALUES (1, 'Alice'), (2, 'Bob'), (3, 'Carol');

INSERT INTO products VALUES
  (1, 'ThinkPad X1', 1299.99), (2, 'USB Mouse', 25.00),
  (3, 'Granola', 8.00), (4, 'Oak Desk', 349.00);

INSERT INTO orders VALUES
  (1, 1, '2026-03-02'), (2, 2, '2026-03-05'),
  (3, 1, '2026-03-19'), (4, 2, '2026-04-02');

INSERT INTO order_items VALUES
  (1, 1, 1), (1, 2, 2), (2, 3, 4), (3, 4, 1), (3, 3, 2), (4, 2, 1);
