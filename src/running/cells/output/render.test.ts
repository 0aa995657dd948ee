import { describe, expect, it } from 'vitest';
import type { Output } from '../../../engines/engine.ts';
import { maskOutputs } from './mask.ts';
import { renderOutputs } from './render.ts';
import { toHtml } from './tree.ts';

const origin = { file: 0, line: 1, statement: 0 };
const files = [{ name: 'query.sql', code: 'SELECT name,\n\tCAST(value AS float)\nFROM t;' }];
const html = (...outputs: Output[]): string => renderOutputs(outputs, files).map(toHtml).join('');

describe('an output as HTML', () => {
  it('draws NULL as NULL, and not like the text of that name', () => {
    const table = html({
      kind: 'table',
      origin,
      columns: [{ name: 'name', type: 'text', numeric: false }],
      rows: [[null], ['NULL']],
      rowCount: 2,
      tag: 'SELECT 2',
    });
    expect(table).toContain('<td><span class="null">NULL</span></td>');
    expect(table).toContain('<td>NULL</td>');
    expect(table).toContain('<p class="out-count">2 rows</p>');
  });

  it('gives long values room, so that a row of JSON does not become a tower', () => {
    const json = '{"voltage": 220, "connectivity": ["wifi", "bluetooth", "usb-c"], "wattage": 65}';
    const table = html({
      kind: 'table',
      origin,
      columns: [{ name: 'attributes', type: 'jsonb', numeric: false }],
      rows: [[json], ['{}']],
      rowCount: 2,
      tag: 'SELECT 2',
    });
    expect(table).toContain('<td class="long">{&quot;voltage&quot;');
    expect(table).toContain('<td>{}</td>');
  });

  it('keeps the layout of a detail of several lines', () => {
    const error = (detail: string): Output => ({
      kind: 'error',
      origin,
      severity: 'MongoServerError',
      code: '121',
      message: 'Document failed validation',
      detail,
    });
    expect(html(error('Additional information: {\n  failingDocumentId: 1\n}'))).toContain(
      '<pre>Additional information: {\n  failingDocumentId: 1\n}</pre>',
    );
    expect(html(error('Key (id)=(1) exists.'))).toContain(
      '<b>Detail: </b>Key (id)=(1) exists.</p>',
    );
  });

  it('names the code of an error as mongosh does, and lets the name stand in a line of its own', () => {
    const error = html({
      kind: 'error',
      origin,
      severity: 'MongoServerError[BadValue]',
      code: '2',
      message: 'unknown operator: $gtr',
    });
    expect(error).toContain(
      '<strong>MongoServerError<wbr>[BadValue]</strong>: unknown operator: $gtr',
    );
  });

  it('says nothing of the code of an error that mongosh gives no name', () => {
    const error = html({
      kind: 'error',
      origin,
      severity: 'MongoServerError',
      code: '11000',
      message: 'E11000 duplicate key error',
    });
    expect(error).toContain('<strong>MongoServerError</strong>: E11000 duplicate key error');
  });

  it('aligns numbers right and names the columns’ types', () => {
    const table = html({
      kind: 'table',
      origin,
      columns: [{ name: 'price', type: 'numeric(10,2)', numeric: true }],
      rows: [['1299.99']],
      rowCount: 1,
      tag: 'SELECT 1',
    });
    expect(table).toContain('<th scope="col" class="num">price<small>numeric(10,2)</small></th>');
    expect(table).toContain('<td class="num">1299.99</td>');
    expect(table).toContain('1 row<');
  });

  it('shows markup in values, columns and errors as text', () => {
    const evil = '<img src=x onerror="alert(1)">';
    const rendered = html(
      {
        kind: 'table',
        origin,
        columns: [{ name: evil, type: evil, numeric: false }],
        rows: [[evil]],
        rowCount: 1,
        tag: evil,
      },
      { kind: 'error', origin, severity: 'ERROR', code: evil, message: evil, hint: evil },
      { kind: 'text', origin, text: evil },
    );
    expect(rendered).not.toContain('<img');
    expect(
      rendered.match(/&lt;img src=x onerror=&quot;alert\(1\)&quot;&gt;/g)!.length,
    ).toBeGreaterThan(5);
  });

  it('puts a caret below the place of an error, tabs included', () => {
    const error = html({
      kind: 'error',
      origin,
      severity: 'ERROR',
      code: '22P02',
      message: 'invalid input syntax for type double precision: "navy"',
      hint: 'Use CASE.',
      position: { line: 2, column: 7 },
    });
    expect(error).toContain('<strong>ERROR 22P02</strong>: invalid input syntax');
    expect(error).toContain('line 2: \tCAST(value AS float)\n        \t     <b>^</b>');
    expect(error).toContain('<b>Hint: </b>Use CASE.');
  });

  it('says which line it answers when there are several statements', () => {
    const two = html(
      { kind: 'command', origin, tag: 'CREATE TABLE' },
      { kind: 'command', origin: { file: 0, line: 3, statement: 1 }, tag: 'INSERT 0 3' },
    );
    expect(two).toContain(
      '<div class="out-origin">line 3</div><code class="out-tag">INSERT 0 3</code>',
    );
    expect(html({ kind: 'command', origin, tag: 'CREATE TABLE' })).not.toContain('out-origin');
  });

  it('prints lines of a console as one session, an arrival behind the name of its client', () => {
    const line = { kind: 'transcript', origin, client: '', prompt: '', input: '', failed: false };
    const one = { ...line, prompt: '127.0.0.1:6379> ', input: 'GET a', reply: '(nil)' } as const;
    const session = html(one as Output, { kind: 'text', origin, text: '(60s pass)' }, {
      ...one,
      reply: '(error) ERR <b>',
      failed: true,
    } as Output);
    expect(session.match(/<pre>/g)).toHaveLength(1);
    expect(session).not.toContain('out-origin');
    expect(session).toContain(
      '<kbd>GET a</kbd>\n(nil)\n<span class="told">(60s pass)</span>\n' +
        '<span class="prompt">127.0.0.1:6379&gt; </span>',
    );
    expect(session).toContain('<span class="failed">(error) ERR &lt;b&gt;</span></pre>');
    const several = html(
      { ...one, client: 'writer', prompt: '127.0.0.1:6379(TX)> ' } as Output,
      { ...line, client: 'reader', reply: '1) "message"' } as Output,
    );
    expect(several).toContain('<span class="prompt" data-client="0">writer(TX)&gt; </span>');
    expect(several).toContain(
      '<span class="prompt" data-client="1">(reader)</span>\n1) &quot;message&quot;',
    );
  });

  it('keeps the indentation of a plan, in a region that the keyboard can scroll', () => {
    const plan = html({ kind: 'plan', origin, lines: ['Sort', '  ->  Seq Scan on products'] });
    expect(plan).toContain('<pre>Sort\n  -&gt;  Seq Scan on products</pre>');
    expect(plan).toContain('role="group" aria-label="Query plan" tabindex="0"');
  });
});

describe('an output that would be too much for a page', () => {
  const text = (text: string): Output => ({ kind: 'text', origin, text });

  it('stands in pieces that end with lines, and loses no line', () => {
    const lines = Array.from({ length: 3000 }, (_, n) => `line ${n}`);
    const rendered = html(text(lines.join('\n')));
    const pieces = [...rendered.matchAll(/<span class="piece">([^<]*)<\/span>/g)].map(
      ([, piece]) => piece!,
    );
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.join('\n').split('\n')).toEqual(lines);
  });

  it('stands in pieces in a table, in a message and in a dialogue as well', () => {
    const long = 'x'.repeat(60_000);
    const outputs: Output[] = [
      {
        kind: 'table',
        origin,
        columns: [{ name: 'n', type: 't', numeric: false }],
        rows: [[long]],
        rowCount: 1,
        tag: '',
      },
      { kind: 'error', origin, severity: 'ERROR', code: '', message: long },
      { kind: 'plan', origin, lines: [long] },
      {
        kind: 'transcript',
        origin,
        client: '',
        prompt: '> ',
        input: 'GET x',
        reply: long,
        failed: false,
      },
    ];
    for (const output of outputs) {
      const rendered = html(output);
      expect(rendered.match(/class="piece"/g)!.length).toBeGreaterThan(2);
      expect(rendered.replace(/<[^>]*>/g, '')).toContain('x'.repeat(7000));
    }
  });

  it('shows of a long line what is around the place of the error', () => {
    const code = `SELECT ${'1 + '.repeat(5000)}nowhere, ${'2 + '.repeat(5000)}3;`;
    const column = code.indexOf('nowhere') + 1;
    const error = renderOutputs(
      [
        {
          kind: 'error',
          origin,
          severity: 'ERROR',
          code: '',
          message: 'no such column',
          position: { line: 1, column },
        },
      ],
      [{ name: 'query.sql', code }],
    )
      .map(toHtml)
      .join('');
    const [shown, caret] = /<pre>(.*)<b>/s.exec(error)![1]!.split('\n');
    expect(shown!.length).toBeLessThan(300);
    expect(shown!.slice(caret!.length)).toMatch(/^nowhere/);
  });

  it.each([
    { line: 9e15, column: 1 },
    { line: 1, column: 9e15 },
    { line: 0, column: 0 },
  ])('shows an error whose place is nowhere: $line, $column', (position) => {
    const far = { file: 9e15, line: 9e15, statement: 9e15 };
    for (const place of [origin, far])
      expect(
        html({
          kind: 'error',
          origin: place,
          severity: '['.repeat(1e5),
          code: 'x'.repeat(1e5),
          message: 'm',
          position,
        }).length,
      ).toBeLessThan(2000);
  });
});

describe('masking', () => {
  const plan = (line: string): Output[] => [{ kind: 'plan', origin, lines: [line] }];

  it('makes two runs of EXPLAIN ANALYZE equal', () => {
    const first =
      'Seq Scan on products (cost=0.00..1.05 rows=5 width=8) (actual time=0.010..0.012 rows=5 loops=1)';
    const second = first.replace('0.010..0.012', '0.9..1.25');
    expect(maskOutputs(plan(first), ['timing'])).toEqual(maskOutputs(plan(second), ['timing']));
  });

  it('hides nothing but what its rules declare', () => {
    const first = 'Execution Time: 0.4 ms (rows=5)';
    expect(maskOutputs(plan(first), ['timing'])).toEqual(plan('Execution Time: … ms (rows=5)'));
    expect(maskOutputs(plan(first), [])).toEqual(plan(first));
  });
});
