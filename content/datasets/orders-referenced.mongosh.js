// The same five orders in three collections. An order holds ids, and nothing checks them.
db = db.getSiblingDB('shop');
db.customers.insertMany([
  { _id: 'user_alice', name: 'Alice', email: 'alice@example.com' },
  { _id: 'user_bob', name: 'Bob', email: 'bob@example.com' },
]);
db.products.insertMany([
  { _id: 'prod_001', name: 'ThinkPad X1', price: NumberDecimal('1299.99') },
  { _id: 'prod_002', name: 'USB Mouse', price: NumberDecimal('25.00') },
  { _id: 'prod_003', name: 'Cotton Basic Tee', price: NumberDecimal('29.99') },
  { _id: 'prod_004', name: 'Python 101', price: NumberDecimal('45.00') },
]);
db.orders.insertMany([
  {
    _id: 'order_001',
    ordered_at: ISODate('2025-01-15T10:30:00Z'),
    customer_id: 'user_alice',
    items: [
      { product_id: 'prod_001', quantity: 1 },
      { product_id: 'prod_002', quantity: 2 },
    ],
  },
  {
    _id: 'order_002',
    ordered_at: ISODate('2025-02-03T18:05:00Z'),
    customer_id: 'user_bob',
    items: [{ product_id: 'prod_002', quantity: 1 }],
  },
  {
    _id: 'order_003',
    ordered_at: ISODate('2025-02-20T08:12:00Z'),
    customer_id: 'user_alice',
    items: [{ product_id: 'prod_003', quantity: 3 }],
  },
  {
    _id: 'order_004',
    ordered_at: ISODate('2025-03-08T21:40:00Z'),
    customer_id: 'user_alice',
    items: [{ product_id: 'prod_004', quantity: 1 }],
  },
  {
    _id: 'order_005',
    ordered_at: ISODate('2025-03-11T13:00:00Z'),
    customer_id: 'user_bob',
    items: [{ product_id: 'prod_001', quantity: 1 }],
  },
]);
