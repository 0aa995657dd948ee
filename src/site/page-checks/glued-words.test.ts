import { describe, expect, it } from 'vitest';
import { gluedWords } from './glued-words.ts';

describe('words without the space between them', () => {
  it.each([
    ['<p>the dataset <code>bank</code>starts.</p>', 'dataset bankstarts'],
    ['<p>use the address.<b>Frame:</b> paste</p>', 'use the address.Frame'],
    ['<p>with <code>https://</code>.<b>Frame:</b></p>', 'https://.Frame'],
    ['<p>around it:<code class="x">{"height"}</code></p>', 'around it:{"height"}'],
    ['<p>, which<a href="/lms/">Canvas listens to</a></p>', ', whichCanvas'],
  ])('are found in %s', (html, shown) => {
    expect(gluedWords(html)).toHaveLength(1);
    expect(gluedWords(html)[0]).toContain(shown);
  });

  it.each([
    '<p>the dataset <code>bank</code> starts.</p>',
    '<p>two <code>dict</code>s, <b>in bold</b>; and (<a href="/">home</a>).</p>',
    '<p>a <code>--flag</code>=value and <a href="/go/1.2/">1.2</a>–<a href="/go/1.3/">1.3</a></p>',
    '<figure><b>Detail: </b>Failing row</figure><pre>if(x)<b>y</b>z</pre>',
    '<p>one</p><p>two</p><ul><li>three</li><li>four</li></ul>',
  ])('are not seen in %s', (html) => {
    expect(gluedWords(html)).toEqual([]);
  });
});
