/** What the sqlite3 program's commands have set. It lasts until the database is reset. */

export const MODES = [
  'ascii',
  'box',
  'column',
  'csv',
  'html',
  'insert',
  'json',
  'line',
  'list',
  'markdown',
  'quote',
  'table',
  'tabs',
  'tcl',
] as const;

export type Mode = (typeof MODES)[number];

export interface ShellSettings {
  /** `null`: the page's tables, as long as the reader has asked for none. */
  mode: Mode | null;
  headers: boolean;
  /** Whether the reader has said so. */
  headersSet: boolean;
  nullValue: string;
  columnSeparator: string;
  rowSeparator: string;
  /** Of columns, from the first; 0 is as wide as it has to be, negative ones are set to the right. */
  widths: number[];
  /** Where a long value is broken in modes of columns. */
  wrap: number;
  /** The table of mode `insert`. */
  table: string;
  changes: boolean;
  plans: boolean;
  timer: boolean;
  bail: boolean;
}

export const defaultSettings = (): ShellSettings => ({
  mode: null,
  headers: false,
  headersSet: false,
  nullValue: '',
  columnSeparator: '|',
  rowSeparator: '\n',
  widths: [],
  wrap: 60,
  table: 'table',
  changes: false,
  plans: false,
  timer: false,
  bail: false,
});

/** @returns whether the word names one, of which it may be the beginning. */
export const modeOf = (word: string): Mode | undefined =>
  MODES.find((mode) => mode === word) ??
  (word === 'lines' ? 'line' : word === 'columns' ? 'column' : undefined) ??
  MODES.find((mode) => word.length > 1 && mode.startsWith(word));

/** Sets a mode, with what it brings along. */
export function setMode(settings: ShellSettings, mode: Mode): void {
  settings.mode = mode;
  switch (mode) {
    case 'ascii':
      settings.columnSeparator = '\x1f';
      settings.rowSeparator = '\x1e';
      break;
    case 'column':
      if (!settings.headersSet) settings.headers = true;
      break;
    case 'csv':
      settings.columnSeparator = ',';
      settings.rowSeparator = '\r\n';
      break;
    case 'list':
      settings.columnSeparator = '|';
      settings.rowSeparator = '\n';
      break;
    case 'quote':
      settings.columnSeparator = ',';
      settings.rowSeparator = '\n';
      break;
    case 'tabs':
      settings.columnSeparator = '\t';
      break;
    case 'tcl':
      settings.columnSeparator = ' ';
      settings.rowSeparator = '\n';
      break;
    default:
  }
}
