import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize, type Dialect } from './lexer.ts';
import { splitStatements } from './statements.ts';

const texts = (sql: string, dialect: Dialect = 'postgres'): string[] =>
  splitStatements(sql, dialect).map((statement) => statement.text);

describe.each(['postgres', 'sqlite'] as const)('splitting a script of %s', (dialect) => {
  it('ends a statement at its semicolon, and the last one at its last token', () => {
    expect(texts('SELECT 1 ; SELECT 2 -- two\n', dialect)).toEqual(['SELECT 1 ;', 'SELECT 2']);
  });

  it('leaves out what says nothing', () => {
    expect(texts(' ; -- a\n ;; /* b; */ ;', dialect)).toEqual([]);
  });

  it.each([
    ['a text with a semicolon and a doubled quote', "SELECT 'a;''b;';"],
    ['a quoted name', 'SELECT 1 AS "a;""b;";'],
    ['a line comment', "SELECT 1 -- it's; here\n, 2;"],
    ['a block comment', "SELECT 1 /* it's; here */ , 2;"],
    ['a text that is never closed', "SELECT 'a; SELECT 2;"],
    ['a comment that is never closed', 'SELECT 1 /* ; SELECT 2;'],
    ['a text with a line comment in it', "SELECT '--', 1;"],
  ])('keeps %s in one piece', (_, sql) => {
    expect(texts(sql, dialect)).toEqual([/\/\* ;/.test(sql) ? 'SELECT 1' : sql]);
  });

  it('tells where each statement begins', () => {
    const sql = '-- first\n\nSELECT 1;\n  SELECT 2;';
    const found = splitStatements(sql, dialect);
    expect(found).toHaveLength(2);
    for (const { start, text } of found) {
      expect(sql.slice(start, start + text.length)).toBe(text);
    }
  });

  it('loses nothing: the tokens, joined, are the script', () => {
    fc.assert(
      fc.property(nastySql(), (sql) => {
        const tokens = [...tokenize(sql, dialect)];
        expect(tokens.map(({ start, end }) => sql.slice(start, end)).join('')).toBe(sql);
      }),
      { numRuns: 500 },
    );
  });

  it('loses nothing: outside of the statements there are only spaces, comments and semicolons', () => {
    fc.assert(
      fc.property(nastySql(), (sql) => {
        let rest = sql;
        const blank = (start: number, length: number): void => {
          rest = rest.slice(0, start) + ' '.repeat(length) + rest.slice(start + length);
        };
        for (const { kind, start, text, copyData, sentBy } of splitStatements(sql, dialect)) {
          // Where a command of psql stands inside a statement, its text has spaces.
          for (let at = 0; at < text.length; at += 1)
            expect([sql[start + at], ' ']).toContain(text[at]);
          blank(start, text.length);
          if (sentBy !== undefined) blank(sql.indexOf(sentBy, start + text.length), sentBy.length);
          if (copyData) blank(sql.indexOf(copyData, start), copyData.length);
          if (kind === 'shell-command' && sql.startsWith('\\\\', start + text.length))
            blank(start + text.length, 2);
        }
        // A line that begins with # is a comment of the sqlite3 program.
        if (dialect === 'sqlite') rest = rest.replace(/^\s*#.*$/gm, '');
        expectOnlyTrivia(rest.replaceAll('\\\\', '  ').replaceAll('\\;', ' ;'), dialect);
      }),
      { numRuns: 500 },
    );
  });

  it('splits what it has split no further', () => {
    fc.assert(
      fc.property(nastySql(), (sql) => {
        for (const { kind, text } of splitStatements(sql, dialect)) {
          // A dot behind a semicolon is SQL, if no good one; alone it begins a line, as a shell's command.
          // Two statements that psql sends as one are one by a backslash that the text has no more.
          const apart = !/^[.#]/.test(text) && !sql.includes('\\;');
          if (kind === 'sql' && apart) expect(texts(text, dialect)).toEqual([text]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('splitting as psql does', () => {
  it.each([
    ['a dollar quote', 'DO $$ BEGIN; END; $$;'],
    ['a dollar quote with a tag around another', 'DO $a$ SELECT $$;$$; $b$; $a$;'],
    ['a backslash in an escape string', "SELECT E'a\\';b';"],
    ['an escape string that goes on in the next line', "SELECT E'a'\n  'b\\';c';"],
    ['a comment in a comment', 'SELECT 1 /* a /* b; */ c; */ + 1;'],
    ['parentheses', 'CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);'],
    [
      'a function with a body of SQL',
      'CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END;',
    ],
    ['a procedure with one', 'CREATE PROCEDURE p() BEGIN ATOMIC DELETE FROM t; END;'],
  ])('keeps %s in one piece', (_, sql) => {
    expect(texts(`${sql} SELECT 2;`)).toEqual([sql, 'SELECT 2;']);
  });

  it('takes a backslash in an ordinary text for a letter', () => {
    expect(texts("SELECT 'a\\'; SELECT 2;")).toEqual(["SELECT 'a\\';", 'SELECT 2;']);
  });

  it('does not take $1 or a name with a dollar for a quote', () => {
    expect(texts('SELECT $1; SELECT a$b; SELECT $2;')).toHaveLength(3);
  });

  it('does not take the BEGIN of a transaction for a body', () => {
    expect(texts('BEGIN; SELECT 1; END;')).toHaveLength(3);
  });

  it('takes a line that begins with a backslash for a command of psql', () => {
    const found = splitStatements("\\d products\nSELECT 1; \\echo 'a;b'\nSELECT 2", 'postgres');
    expect(found.map(({ kind, text }) => [kind, text])).toEqual([
      ['shell-command', '\\d products'],
      ['sql', 'SELECT 1;'],
      ['shell-command', "\\echo 'a;b'"],
      ['sql', 'SELECT 2'],
    ]);
  });

  it('takes the lines after COPY FROM STDIN for its data', () => {
    const found = splitStatements(
      "COPY t FROM STDIN;\n1\tit's;\n2\t\\N\n\\.\nSELECT 1;",
      'postgres',
    );
    expect(found).toMatchObject([{ copyData: "1\tit's;\n2\t\\N\n" }, { text: 'SELECT 1;' }]);
  });
});

describe('a command of psql behind or inside a statement', () => {
  const found = (sql: string) =>
    splitStatements(sql, 'postgres').map(({ kind, text, sentBy, within }) => [
      kind,
      text,
      sentBy ?? within,
    ]);

  it.each(['\\g', '\\gx', '\\gset p_', '\\gexec', '\\gdesc', '\\watch 2', '\\crosstabview a b'])(
    '%s ends the statement as its semicolon would',
    (command) => {
      expect(found(`INSERT INTO t VALUES (1) ${command}\nINSERT INTO t VALUES (2);`)).toEqual([
        ['sql', 'INSERT INTO t VALUES (1)', command],
        ['sql', 'INSERT INTO t VALUES (2);', undefined],
      ]);
    },
  );

  it('runs before the statement that it stands in, which goes on behind it', () => {
    expect(found("SELECT 1,\n\\echo 'a;b'\n2;")).toEqual([
      ['shell-command', "\\echo 'a;b'", 'SELECT 1,\n'],
      ['sql', `SELECT 1,\n${' '.repeat(11)}\n2;`, undefined],
    ]);
  });

  it('ends at the next one on its line, and at two backslashes', () => {
    expect(found("\\x \\t \\echo 'a\\\\b' \\\\ SELECT 1;").map(([, text]) => text)).toEqual([
      '\\x',
      '\\t',
      "\\echo 'a\\\\b'",
      'SELECT 1;',
    ]);
  });

  it('parts two statements that are sent as one, if it is a semicolon', () => {
    expect(found('SELECT 1 \\; SELECT 2;')).toEqual([['sql', 'SELECT 1  ; SELECT 2;', undefined]]);
  });

  it('throws away what stands before \\r', () => {
    expect(found('SELECT 1, \\r\nSELECT 2;').map(([, text]) => text)).toEqual(['\\r', 'SELECT 2;']);
  });

  it('is told of where it would choose between parts of a statement', () => {
    const [statement] = splitStatements('SELECT\n\\if true\n1\n\\else\n2\n\\endif\n;', 'postgres');
    expect(statement).toMatchObject({ splitBy: '\\if' });
  });
});

describe('the data of a COPY', () => {
  it('is all the rest where no line ends it', () => {
    const [copy, ...others] = splitStatements('COPY t FROM STDIN;\n1\n2;\n', 'postgres');
    expect(copy).toMatchObject({ copyData: '1\n2;\n', copyDataFrom: 19 });
    expect(others).toEqual([]);
  });

  it('begins in the next line: what stands behind the statement is another', () => {
    const found = splitStatements('COPY t FROM STDIN; SELECT 1;\n7\n\\.\nSELECT 2;', 'postgres');
    expect(found).toMatchObject([
      { copyData: '7\n' },
      { text: 'SELECT 1;' },
      { text: 'SELECT 2;' },
    ]);
  });

  it('is not looked for behind words in parentheses or in a text', () => {
    const [copy] = splitStatements(
      "COPY (SELECT ' FROM STDIN ') TO STDOUT;\nSELECT 1;",
      'postgres',
    );
    expect(copy?.copyData).toBeUndefined();
  });

  it('is read by \\copy as well', () => {
    const found = splitStatements('\\copy t from stdin\n1\n\\.\nSELECT 1;', 'postgres');
    expect(found).toMatchObject([
      { kind: 'shell-command', copyData: '1\n' },
      { text: 'SELECT 1;' },
    ]);
  });
});

describe('splitting as sqlite3 does', () => {
  it('keeps a trigger with its body in one piece', () => {
    const trigger =
      'CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET n = CASE WHEN 1 THEN 2 END; DELETE FROM c; END;';
    expect(texts(`${trigger} SELECT 1;`, 'sqlite')).toEqual([trigger, 'SELECT 1;']);
  });

  it('knows names in backticks and in brackets, and comments that do not nest', () => {
    expect(texts('SELECT `a;b`, [c;d] /* /* */; SELECT 1;', 'sqlite')).toEqual([
      'SELECT `a;b`, [c;d] /* /* */;',
      'SELECT 1;',
    ]);
  });

  it('takes a line that begins with a dot for a command of the shell', () => {
    const found = splitStatements('.tables\nSELECT 1\n.5;', 'sqlite');
    expect(found.map(({ kind, text }) => [kind, text])).toEqual([
      ['shell-command', '.tables'],
      ['sql', 'SELECT 1\n.5;'],
    ]);
  });
});

/** Pieces of SQL that splitters stumble over, in any order. */
function nastySql(): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    ...[
      "'",
      "''",
      '"',
      '`',
      '[',
      ']',
      ';',
      ';\n',
      '$$',
      '$a$',
      '$1',
      "E'",
      "\\'",
      '\\',
      '--',
      '\n',
    ],
    ...['/*', '*/', '(', ')', 'BEGIN', 'END', 'ATOMIC', 'CASE', 'CREATE', 'FUNCTION', 'TRIGGER'],
    ...[
      'SELECT',
      'a',
      'e',
      '1',
      '1.5',
      '.',
      '.tables',
      '\\d',
      ' ',
      '\t',
      '\r\n',
      'é',
      '😀',
      '-',
      '/',
    ],
  );
  return fc.oneof(
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(' ')),
    fc.string({ unit: 'grapheme' }),
  );
}

function expectOnlyTrivia(text: string, dialect: Dialect): void {
  for (const token of tokenize(text, dialect)) {
    const isSemicolon = text.slice(token.start, token.end) === ';';
    expect(isSemicolon || token.kind === 'space' || token.kind === 'comment').toBe(true);
  }
}
