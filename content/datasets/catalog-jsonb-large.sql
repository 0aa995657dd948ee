-- 5,000 made-up products, 1,000 of each category, shaped like those of catalog-jsonb.
-- Number i belongs to category i mod 5 and is the k-th of it. k decides the values, so every load
-- holds the same rows.
CREATE TABLE products (
  id SERIAL PRIMARY KEY,
  name VARCHAR NOT NULL,
  price NUMERIC(10, 2) NOT NULL,
  description VARCHAR NOT NULL,
  category VARCHAR NOT NULL,
  attributes JSONB NOT NULL
);

INSERT INTO products (name, price, description, category, attributes)
SELECT
  category || ' ' || k,
  5 + k % 900 + 0.99,
  'Sample',
  category,
  CASE category
    WHEN 'electronics' THEN jsonb_build_object(
      'voltage', ('{5,12,110,120,220,230,240}'::int[])[1 + k % 7],
      'wattage', 5 + k % 200,
      'connectivity', ('[["usb-a"], ["usb-c"], ["wifi"], ["hdmi", "usb-c"], ["ethernet"],
                         ["wifi", "usb-c"], ["hdmi"], ["usb-a", "usb-c"], ["wifi", "ethernet"],
                         ["wifi", "bluetooth", "usb-c"]]'::jsonb)[k % 10],
      'warranty_years', 1 + k % 3)
      -- A product without a screen has no such key: that is not the same as a JSON null.
      || CASE WHEN k % 3 = 0 THEN jsonb_build_object('screen_size', 10 + k % 25) ELSE '{}' END
    WHEN 'clothing' THEN jsonb_build_object(
      'size', ('{S,M,L,XL,EU 42,EU 48,UK 12,UK 14}'::text[])[1 + k % 8],
      'color', ('{navy,olive,charcoal,white,red}'::text[])[1 + k % 5],
      'material', ('{100% cotton,100% linen,100% merino wool}'::text[])[1 + k % 3],
      'gender', ('{unisex,men,women}'::text[])[1 + k % 3],
      'care_instructions', '["machine wash cold", "tumble dry low"]'::jsonb)
    WHEN 'books' THEN jsonb_build_object(
      'isbn', (9781000000000 + k)::text,
      'author', 'Author ' || k % 250,
      'pages', 100 + k % 700,
      'publisher', 'Publisher ' || k % 40,
      'edition', 1 + k % 4)
    WHEN 'groceries' THEN jsonb_build_object(
      'calories', 20 + k % 600,
      'ingredients', '["oats", "honey", "almonds"]'::jsonb,
      'allergens', '["gluten", "nuts"]'::jsonb,
      'organic', k % 2 = 0,
      'expiry_type', ('{best_before,use_by}'::text[])[1 + k % 2])
    ELSE jsonb_build_object(
      'dimensions', jsonb_build_object(
        'length', 40 + k % 160, 'width', 30 + k % 70, 'height', 40 + k % 150),
      'weight_kg', 2 + k % 60,
      'assembly_required', k % 2 = 0,
      'room_type', '["living room", "office"]'::jsonb)
  END
FROM (
  SELECT
    ('{electronics,clothing,books,groceries,furniture}'::text[])[1 + i % 5] AS category,
    i / 5 AS k
  FROM generate_series(0, 4999) AS i
) AS numbered;

ANALYZE products;
