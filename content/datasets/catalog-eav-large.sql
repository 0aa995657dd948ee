-- 2,500 made-up products, 500 of each category, shaped like those of catalog-eav; their attributes
-- are 12,667 rows. Number i belongs to category i mod 5 and is the k-th of it. k decides the
-- values, so every load holds the same rows.
CREATE TABLE products (
  id SERIAL PRIMARY KEY,
  name VARCHAR NOT NULL,
  price NUMERIC(10, 2) NOT NULL,
  description VARCHAR NOT NULL,
  category VARCHAR NOT NULL
);

CREATE TABLE product_attributes (
  id SERIAL PRIMARY KEY,
  product_id INTEGER NOT NULL,
  key VARCHAR NOT NULL,
  value VARCHAR NOT NULL
);

INSERT INTO products (name, price, description, category)
SELECT category || ' ' || k, 5 + k % 900 + 0.99, 'Sample', category
FROM (
  SELECT
    ('{electronics,clothing,books,groceries,furniture}'::text[])[1 + i % 5] AS category,
    i / 5 AS k
  FROM generate_series(0, 2499) AS i
) AS numbered;

INSERT INTO product_attributes (product_id, key, value)
SELECT p.id, a.key, a.value
FROM products AS p
CROSS JOIN LATERAL (SELECT (p.id - 1) / 5 AS k) AS numbered
CROSS JOIN LATERAL unnest(
  CASE p.category
    WHEN 'electronics' THEN '{voltage,wattage,connectivity,warranty_years,screen_size}'::text[]
    WHEN 'clothing' THEN '{size,color,material,gender,care_instructions}'
    WHEN 'books' THEN '{isbn,author,pages,publisher,edition}'
    WHEN 'groceries' THEN '{calories,ingredients,allergens,organic,expiry_type}'
    ELSE '{length_cm,width_cm,height_cm,weight_kg,assembly_required,room_type}'
  END,
  CASE p.category
    WHEN 'electronics' THEN ARRAY[
      ('{5,12,110,120,220,230,240}'::text[])[1 + k % 7],
      (5 + k % 200)::text,
      ('{usb-a,usb-c,wifi,hdmi,bluetooth}'::text[])[1 + k % 5],
      (1 + k % 3)::text,
      CASE WHEN k % 3 = 0 THEN (10 + k % 25)::text END]
    WHEN 'clothing' THEN ARRAY[
      ('{S,M,L,XL,EU 42,EU 48,UK 12,UK 14}'::text[])[1 + k % 8],
      ('{navy,olive,charcoal,white,red}'::text[])[1 + k % 5],
      ('{100% cotton,100% linen,100% merino wool}'::text[])[1 + k % 3],
      ('{unisex,men,women}'::text[])[1 + k % 3],
      'machine wash cold']
    WHEN 'books' THEN ARRAY[
      (9781000000000 + k)::text,
      'Author ' || k % 250,
      (100 + k % 700)::text,
      'Publisher ' || k % 40,
      (1 + k % 4)::text]
    WHEN 'groceries' THEN ARRAY[
      (20 + k % 600)::text, 'oats', 'gluten', (k % 2 = 0)::text,
      ('{best_before,use_by}'::text[])[1 + k % 2]]
    ELSE ARRAY[
      (40 + k % 160)::text, (30 + k % 70)::text, (40 + k % 150)::text,
      (2 + k % 60)::text, (k % 2 = 0)::text, 'office']
  END
) AS a (key, value)
WHERE a.value IS NOT NULL;

-- Checked once for all rows, which is quicker than once for each.
ALTER TABLE product_attributes ADD FOREIGN KEY (product_id) REFERENCES products (id);

ANALYZE products, product_attributes;
