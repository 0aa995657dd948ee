/**
 * How psql prints results: `\pset`, and the commands that are short for it.
 *
 * Source: https://www.postgresql.org/docs/18/app-psql.html, `\pset`
 */
import { booleanOf } from './variables.ts';

export interface PrintSettings {
  format: 'aligned' | 'unaligned' | 'csv';
  expanded: 'on' | 'off' | 'auto';
  border: 0 | 1 | 2;
  tuplesOnly: boolean;
  footer: boolean;
  title: string;
  /** What stands for NULL; `''` where the page draws it. */
  null: string;
  fieldsep: string;
  csvFieldsep: string;
}

export const defaultSettings = (): PrintSettings => ({
  format: 'aligned',
  expanded: 'off',
  border: 1,
  tuplesOnly: false,
  footer: true,
  title: '',
  null: '',
  fieldsep: '|',
  csvFieldsep: ',',
});

/** Whether the page's tables do: what psql prints at its start is what they show. */
export const isDefault = (settings: PrintSettings): boolean =>
  settings.format === 'aligned' &&
  settings.expanded !== 'on' &&
  settings.border === 1 &&
  !settings.tuplesOnly &&
  settings.footer &&
  settings.title === '';

/** What changing a setting came to, in psql's words, which may be none. */
export type Changed = { says: string } | { refused: string; hint?: string };

const onOff = (on: boolean): string => (on ? 'on' : 'off');

/** Options that only a terminal has a use for, and formats for other programs. */
const NOT_HERE =
  'columns linestyle numericlocale pager pager_min_lines recordsep recordsep_zero fieldsep_zero tableattr T unicode_border_linestyle unicode_column_linestyle unicode_header_linestyle xheader_width display_true display_false'.split(
    ' ',
  );
const OTHER_FORMATS = ['asciidoc', 'html', 'latex', 'latex-longtable', 'troff-ms', 'wrapped'];

/** @param value nothing: it is switched over, or shown. */
export function changeSetting(settings: PrintSettings, option: string, value?: string): Changed {
  const asBoolean = (now: boolean): boolean | null =>
    value === undefined ? !now : booleanOf(value);
  // psql says what these have become only where they are switched over.
  const switched = (says: string): Changed => ({ says: value === undefined ? says : '' });
  const noBoolean = (name: string): Changed => ({
    refused: `unrecognized value "${value}" for "${name}": Boolean expected`,
  });
  switch (option) {
    case 'format': {
      if (value === undefined) return { says: `Output format is ${settings.format}.` };
      const all = ['aligned', 'csv', 'unaligned', ...OTHER_FORMATS];
      const [found, another] = all.filter((name) => name.startsWith(value.toLowerCase()));
      if (found === undefined)
        return {
          refused:
            '\\pset: allowed formats are aligned, asciidoc, csv, html, latex, latex-longtable, troff-ms, unaligned, wrapped',
        };
      if (another !== undefined && found !== value && !another.startsWith('latex'))
        return {
          refused: `\\pset: ambiguous abbreviation "${value}" matches both "${found}" and "${another}"`,
        };
      if (OTHER_FORMATS.includes(found))
        return {
          refused: `psql prints ${found}; it is not available here`,
          hint: 'There are aligned, unaligned and csv.',
        };
      settings.format = found as PrintSettings['format'];
      return { says: `Output format is ${settings.format}.` };
    }
    case 'border': {
      if (value !== undefined) {
        const number = Number.parseInt(value, 10) || 0;
        settings.border = Math.max(0, Math.min(2, number)) as PrintSettings['border'];
      }
      return { says: `Border style is ${settings.border}.` };
    }
    case 'x':
    case 'expanded':
    case 'vertical': {
      if (value !== undefined && /^auto$/i.test(value)) settings.expanded = 'auto';
      else {
        const on = asBoolean(settings.expanded === 'on');
        if (on === null)
          return {
            refused: `unrecognized value "${value}" for "${option}": available values are on, off, auto`,
          };
        settings.expanded = on ? 'on' : 'off';
      }
      return {
        says:
          settings.expanded === 'auto'
            ? 'Expanded display is used automatically.'
            : `Expanded display is ${settings.expanded}.`,
      };
    }
    case 't':
    case 'tuples_only': {
      const on = asBoolean(settings.tuplesOnly);
      if (on === null) return noBoolean(option);
      settings.tuplesOnly = on;
      return switched(`Tuples only is ${onOff(on)}.`);
    }
    case 'footer': {
      const on = asBoolean(settings.footer);
      if (on === null) return noBoolean(option);
      settings.footer = on;
      return switched(`Default footer is ${onOff(on)}.`);
    }
    case 'null':
      if (value !== undefined) settings.null = value;
      return { says: `Null display is "${settings.null}".` };
    case 'fieldsep':
      if (value !== undefined) settings.fieldsep = value;
      return { says: `Field separator is "${settings.fieldsep}".` };
    case 'csv_fieldsep':
      if (value !== undefined) {
        if (value.length !== 1)
          return { refused: '\\pset: csv_fieldsep must be a single one-byte character' };
        if (/["\n\r]/.test(value))
          return {
            refused:
              '\\pset: csv_fieldsep cannot be a double quote, a newline, or a carriage return',
          };
        settings.csvFieldsep = value;
      }
      return { says: `Field separator for CSV is "${settings.csvFieldsep}".` };
    case 'C':
    case 'title':
      settings.title = value ?? '';
      return { says: value === undefined ? 'Title is unset.' : `Title is "${value}".` };
    default:
      return NOT_HERE.includes(option)
        ? {
            refused: `\\pset ${option} is of a terminal; it is not available here`,
            hint: 'There are border, csv_fieldsep, expanded, fieldsep, footer, format, null, title and tuples_only.',
          }
        : { refused: `\\pset: unknown option: ${option}` };
  }
}
