// Five orders, each a document that holds everything: its customer, its items and their prices.
db = db.getSiblingDB('shop');
db.orders.insertMany([
  {
    _id: 'order_001',
    ordered_at: ISODate('2025-01-15T10:30:00Z'),
    customer: { name: 'Alice', email: 'alice@example.com' },
    items: [
      { product_name: 'ThinkPad X1', price: NumberDecimal('1299.99'), quantity: 1 },
      { product_name: 'USB Mouse', price: NumberDecimal('25.00'), quantity: 2 },
    ],
    total: NumberDecimal('1349.99'),
  },
  {
    _id: 'order_002',
    ordered_at: ISODate('2025-02-03T18:05:00Z'),
    customer: { name: 'Bob', email: 'bob@example.com' },
    items: [{ product_name: 'USB Mouse', price: NumberDecimal('25.00'), quantity: 1 }],
    total: NumberDecimal('25.00'),
  },
  {
    _id: 'order_003',
    ordered_at: ISODate('2025-02-20T08:12:00Z'),
    customer: { name: 'Alice', email: 'alice@example.com' },
    items: [{ product_name: 'Cotton Basic Tee', price: NumberDecimal('29.99'), quantity: 3 }],
    total: NumberDecimal('89.97'),
  },
  {
    _id: 'order_004',
    ordered_at: ISODate('2025-03-08T21:40:00Z'),
    customer: { name: 'Alice', email: 'alice@example.com' },
    items: [{ product_name: 'Python 101', price: NumberDecimal('45.00'), quantity: 1 }],
    total: NumberDecimal('45.00'),
  },
  {
    _id: 'order_005',
    ordered_at: ISODate('2025-03-11T13:00:00Z'),
    customer: { name: 'Bob', email: 'bob@example.com' },
    items: [{ product_name: 'ThinkPad X1', price: NumberDecimal('1299.99'), quantity: 1 }],
    total: NumberDecimal('1299.99'),
  },
]);
