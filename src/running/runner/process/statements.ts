/** The statements of a script in the order in which an engine runs and counts them. */
import type { EngineLanguage } from '../../../engines/descriptor.ts';
import { scriptLines } from '../../../engines/redis/script.ts';
import type { Script } from '../../../engines/engine.ts';
import { positionAt } from '../../../engines/sql/position.ts';
import { splitStatements } from '../../../engines/sql/statements.ts';
import type { Statement } from './messages.ts';

/** @returns none where nobody but the engine knows: it says itself where it is. */
export function statementsOf(language: EngineLanguage, { files }: Script): Statement[] {
  switch (language.statements) {
    case 'sql':
      return files.flatMap(({ code }, file) =>
        splitStatements(code, language.dialect ?? 'postgres').map(({ text, start }) => ({
          file,
          line: positionAt(code, start).line,
          text,
        })),
      );
    case 'client lines':
      return scriptLines(files).map(({ file, number }) => ({
        file,
        line: number,
        text: files[file]!.code.split(/\r?\n/)[number - 1]!.trim(),
      }));
    case 'lines':
      return files.flatMap(({ code }, file) =>
        code
          .split(/\r?\n/)
          .map((line, index) => ({ file, line: index + 1, text: line.trim() }))
          .filter(({ text }) => text !== ''),
      );
    case 'unknown':
      return [];
  }
}
