// Sixty orders from January to March 2025, two items each. Name, category and price are copied into the items.
db = db.getSiblingDB('shop');

// A block, so that its variables do not stay behind in the shell.
{
  const catalog = [
    { name: 'ThinkPad X1', category: 'electronics', price: NumberDecimal('1299.99') },
    { name: 'Cotton Basic Tee', category: 'clothing', price: NumberDecimal('29.99') },
    { name: 'Python 101', category: 'books', price: NumberDecimal('45.00') },
    { name: 'Desk Lamp', category: 'electronics', price: NumberDecimal('39.00') },
    { name: 'Merino Sweater', category: 'clothing', price: NumberDecimal('89.50') },
    { name: 'SQL by Example', category: 'books', price: NumberDecimal('38.50') },
  ];
  for (let n = 0; n < 60; n++) {
    db.orders.insertOne({
      _id: n + 1,
      ordered_at: new Date(Date.UTC(2025, 0, 1, 36 * n)),
      items: [
        { ...catalog[n % 6], quantity: 1 + (n % 3) },
        { ...catalog[(5 * n + 2) % 6], quantity: 1 },
      ],
    });
  }
}
