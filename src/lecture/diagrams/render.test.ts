import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { beforeAll, describe, expect, it } from 'vitest';
import { browserArgs, findHeadlessBrowser } from '../../../scripts/browser/find.ts';
import { kindOf, type DiagramFence } from './fences.ts';
import { renderAll, type Rendered } from './render.ts';
import { sizeOf } from './rendered.ts';
import { readStamp, withoutStamp } from './stamp.ts';

const SOURCES = {
  flow: `flowchart TD
  subgraph collection["collection: products"]
    laptop["{ id, name, price,<br/>voltage: 220 }"]:::mongodb
  end
  laptop -->|"is it valid?"| check{"Known<br/>shape?"}:::accent
  check -.-> store[("PostgreSQL")]:::postgres
  check --> bad["\`**NULL** almost everywhere\`"]:::bad`,
  transfer: `sequenceDiagram
  autonumber
  participant App
  participant PG as PostgreSQL
  App->>PG: debit A, 100
  alt both worked
    App->>PG: COMMIT
  else the credit failed
    App->>PG: ROLLBACK
    Note over PG: A has its 100 back
  end`,
  eav: `erDiagram
  products ||--o{ product_attributes : "has many"
  products:::postgres {
    int id PK
    text name
  }
  product_attributes {
    int product_id FK
    text key "voltage, color, …"
    text value
  }`,
  models: `classDiagram
  class Product {
    +int id
    +price() Decimal
  }
  class Electronics:::postgres {
    +float voltage
  }
  Product <|-- Electronics`,
  order: `stateDiagram-v2
  [*] --> Draft
  Draft --> Paid: pay
  state Paid {
    [*] --> Packed
    Packed --> [*]
  }
  Paid --> [*]`,
  strengths: `quadrantChart
  x-axis Fixed schema --> Flexible
  y-axis Fewer guarantees --> More
  PostgreSQL: [0.2, 0.85]
  MongoDB: [0.85, 0.5]`,
};

const fence = (id: string, source: string): DiagramFence => ({
  id,
  variant: 'main',
  title: `The diagram ${id}`,
  description: 'What it shows, in words.',
  scroll: false,
  hasNarrow: false,
  source,
  file: 'content/lecture/page.mdx',
  line: 20,
});

const BROKEN = fence('broken', 'flowchart TD\n  A --> B\n  B -->');
const COLORED = fence('colored', 'flowchart TD\n  A --> B\n  style A fill:#ff0000');

let rendered: Rendered[];
beforeAll(async () => {
  const browser = await chromium.launch({
    executablePath: await findHeadlessBrowser(),
    args: browserArgs,
  });
  const fences = Object.entries(SOURCES).map(([id, source]) => fence(id, source));
  rendered = await renderAll(browser, [...fences, BROKEN, COLORED]);
  await browser.close();
}, 120_000);

function svgOf(id: string): string {
  const result = rendered.find((one) => one.fence.id === id)!;
  if ('error' in result) throw result.error;
  return result.svg;
}

describe.each(Object.entries(SOURCES))('drawing %s', (id, source) => {
  it('gives plain SVG in the colors of the theme', () => {
    const svg = svgOf(id);
    expect(svg).not.toMatch(/<style|<foreignObject|\sstyle=|\sclass=|\sdata-|rgb\(|#[0-9a-f]{6}\b/);
    expect(svg).toContain('var(--dg-');
  });

  it('keeps every word of the source that is to be seen', () => {
    const words = withoutStamp(svgOf(id))
      .replace(/<title.*<\/desc>/s, '')
      .replaceAll(/<[^>]+>/g, ' ');
    const labels = source
      .replace(/^.*\n/, '')
      .match(/PostgreSQL|voltage|price|COMMIT|product_id|Packed|MongoDB|NULL/g)!;
    for (const label of labels) expect(words).toContain(label);
  });

  it('fits a phone, with text of the size it was designed for', () => {
    expect(sizeOf(svgOf(id)).width).toBeLessThanOrEqual(447);
    expect(readStamp(svgOf(id))!.smallestText).toBeGreaterThanOrEqual(12);
  });

  it('stays small', () => {
    expect(gzipSync(withoutStamp(svgOf(id))).length).toBeLessThanOrEqual(1600);
  });
});

describe('what cannot be drawn', () => {
  const errorOf = (id: string) => {
    const result = rendered.find((one) => one.fence.id === id)!;
    return 'error' in result ? result.error.message : undefined;
  };

  it('is told with the line of the file that Mermaid stumbled over', () => {
    expect(kindOf(BROKEN.source)).toBe('flowchart');
    expect(errorOf('broken')).toMatch(
      /^content\/lecture\/page\.mdx:23: Mermaid cannot read diagram "broken"/,
    );
  });

  it('is told when the author brings colors of their own', () => {
    expect(errorOf('colored')).toMatch(/page\.mdx:20: .*rgb\(255, 0, 0\).*:::postgres/);
  });
});
