// The shop as documents: sixteen products of five categories, four customers, eight orders.
// The same data for PostgreSQL is in shop.sql.
db = db.getSiblingDB('shop');

// A block, so that its variables do not stay behind in the shell.
{
  const products = [
    {
      name: 'ThinkPad X1',
      price: 1299.99,
      category: 'electronics',
      voltage: 220,
      wattage: 65,
      connectivity: ['wifi', 'bluetooth', 'usb-c'],
      screen: { size: 14, resolution: '1920x1200', type: 'IPS' },
      warranty: { years: 3, covers: ['hardware', 'battery'] },
      created_at: ISODate('2024-11-04T09:00:00Z'),
    },
    {
      name: 'USB Mouse',
      price: 25,
      category: 'electronics',
      voltage: 5,
      wattage: 0.5,
      connectivity: ['usb-a'],
      warranty: { years: 1, covers: ['hardware'] },
      created_at: ISODate('2024-11-04T09:05:00Z'),
    },
    {
      name: 'Desk Lamp',
      price: 39,
      category: 'electronics',
      voltage: 230,
      wattage: 9,
      connectivity: ['bluetooth'],
      warranty: { years: 2, covers: ['hardware'] },
      created_at: ISODate('2024-11-05T14:20:00Z'),
    },
    {
      name: 'Studio Monitor',
      price: 449,
      category: 'electronics',
      voltage: 240,
      wattage: 45,
      connectivity: ['hdmi', 'usb-c'],
      screen: { size: 27, resolution: '3840x2160', type: 'IPS' },
      warranty: { years: 3, covers: ['hardware', 'panel'] },
      created_at: ISODate('2024-11-06T08:45:00Z'),
    },
    {
      name: 'Cotton Basic Tee',
      price: 29.99,
      category: 'clothing',
      size: 'L',
      color: 'navy',
      material: '100% cotton',
      sizes_available: ['S', 'M', 'L', 'XL'],
      care: ['machine wash cold', 'tumble dry low'],
      created_at: ISODate('2024-11-11T10:00:00Z'),
    },
    {
      name: 'Merino Sweater',
      price: 89.5,
      category: 'clothing',
      size: 'EU 48',
      color: 'charcoal',
      material: '100% merino wool',
      sizes_available: ['EU 46', 'EU 48', 'EU 50'],
      care: ['hand wash cold', 'dry flat'],
      created_at: ISODate('2024-11-11T10:05:00Z'),
    },
    {
      name: 'Rain Jacket',
      price: 120,
      category: 'clothing',
      size: 'UK 12',
      color: 'olive',
      material: '100% polyester',
      sizes_available: ['UK 10', 'UK 12', 'UK 14'],
      care: ['machine wash warm', 'hang dry'],
      created_at: ISODate('2024-11-12T16:30:00Z'),
    },
    {
      name: 'Python 101',
      price: 45,
      category: 'books',
      isbn: '9781234567019',
      author: 'Guido Rossi',
      pages: 400,
      publisher: 'Northgate Press',
      edition: 2,
      created_at: ISODate('2024-11-18T09:00:00Z'),
    },
    {
      name: 'SQL by Example',
      price: 38.5,
      category: 'books',
      isbn: '9781234567026',
      author: 'Ana Sousa',
      pages: 312,
      publisher: 'Northgate Press',
      edition: 1,
      created_at: ISODate('2024-11-18T09:10:00Z'),
    },
    {
      name: 'The Tidy Desk',
      price: 19.9,
      category: 'books',
      isbn: '9781234567033',
      author: 'Tom Okafor',
      pages: 176,
      publisher: 'Lantern Books',
      edition: 3,
      created_at: ISODate('2024-11-19T13:00:00Z'),
    },
    {
      name: 'Granola',
      price: 8,
      category: 'groceries',
      calories: 450,
      ingredients: ['oats', 'honey', 'almonds'],
      allergens: ['gluten', 'nuts'],
      organic: true,
      expiry_type: 'best_before',
      created_at: ISODate('2024-11-25T07:30:00Z'),
    },
    {
      name: 'Greek Yogurt',
      price: 3.2,
      category: 'groceries',
      calories: 97,
      ingredients: ['milk', 'live cultures'],
      allergens: ['dairy'],
      organic: false,
      expiry_type: 'use_by',
      created_at: ISODate('2024-11-25T07:35:00Z'),
    },
    {
      name: 'Rye Bread',
      price: 4.6,
      category: 'groceries',
      calories: 259,
      ingredients: ['rye flour', 'water', 'salt'],
      allergens: ['gluten'],
      organic: true,
      expiry_type: 'best_before',
      created_at: ISODate('2024-11-25T07:40:00Z'),
    },
    {
      name: 'Oak Desk',
      price: 349,
      category: 'furniture',
      dimensions: { length: 140, width: 70, height: 74 },
      weight_kg: 32.5,
      assembly_required: true,
      room_type: ['office', 'bedroom'],
      created_at: ISODate('2024-12-02T11:00:00Z'),
    },
    {
      name: 'Bookshelf',
      price: 129,
      category: 'furniture',
      dimensions: { length: 80, width: 30, height: 180 },
      weight_kg: 24,
      assembly_required: true,
      room_type: ['living room', 'office'],
      created_at: ISODate('2024-12-02T11:15:00Z'),
    },
    {
      name: 'Armchair',
      price: 279,
      category: 'furniture',
      dimensions: { length: 82, width: 85, height: 98 },
      weight_kg: 19.5,
      assembly_required: false,
      room_type: ['living room'],
      created_at: ISODate('2024-12-03T15:45:00Z'),
    },
  ];
  const productIds = db.products.insertMany(products).insertedIds;

  const customerIds = db.customers.insertMany([
    { name: 'Alice', email: 'alice@example.com', city: 'Lisbon' },
    { name: 'Bob', email: 'bob@example.com', city: 'Lyon' },
    { name: 'Carol', email: 'carol@example.com', city: 'Lyon' },
    { name: 'Dave', email: 'dave@example.com', city: 'Tallinn' },
  ]).insertedIds;

  // An order points to its customer and keeps its lines inside, with the price of that day.
  const order = (customer, orderedAt, status, lines) => {
    const items = lines.map(([name, quantity, price]) => {
      const index = products.findIndex((product) => product.name === name);
      return {
        product_id: productIds[index],
        name,
        price: price ?? products[index].price,
        quantity,
      };
    });
    const cents = items.reduce(
      (sum, line) => sum + Math.round(line.price * 100) * line.quantity,
      0,
    );
    return {
      customer_id: customerIds[customer],
      ordered_at: ISODate(orderedAt),
      status,
      items,
      total: cents / 100,
    };
  };
  const [alice, bob, carol] = [0, 1, 2];
  db.orders.insertMany([
    order(alice, '2025-01-15T10:30:00Z', 'shipped', [
      ['ThinkPad X1', 1],
      ['USB Mouse', 2],
    ]),
    order(bob, '2025-01-20T18:05:00Z', 'shipped', [
      ['Oak Desk', 1],
      ['Desk Lamp', 1],
    ]),
    order(alice, '2025-02-03T08:12:00Z', 'shipped', [
      ['Cotton Basic Tee', 2],
      ['Granola', 3],
    ]),
    order(carol, '2025-02-11T12:40:00Z', 'shipped', [
      ['Python 101', 1],
      ['SQL by Example', 1],
    ]),
    // The monitor cost less in February than it does today.
    order(bob, '2025-02-25T20:15:00Z', 'shipped', [['Studio Monitor', 2, 429]]),
    order(alice, '2025-03-04T07:55:00Z', 'paid', [
      ['Rain Jacket', 1],
      ['Rye Bread', 2],
    ]),
    order(carol, '2025-03-10T16:20:00Z', 'cancelled', [['Armchair', 1]]),
    order(bob, '2025-03-18T09:25:00Z', 'paid', [
      ['SQL by Example', 1],
      ['Greek Yogurt', 6],
    ]),
  ]);
}
