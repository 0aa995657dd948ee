/** `config`: the settings of the shell that have an effect here. */

const DEFAULTS = {
  /** Documents that the shell shows at a time. */
  displayBatchSize: 20,
  /** Levels of nesting that it shows. */
  inspectDepth: 6,
  /** Levels of nesting that share a line. */
  inspectCompact: 3 as number | boolean,
};

type Settings = typeof DEFAULTS;

/** What is wrong with a value; nothing, if it is one. */
const CHECKS: Readonly<Record<keyof Settings, (value: unknown) => string | null>> = {
  displayBatchSize: (value) =>
    Number.isInteger(value) && (value as number) > 0
      ? null
      : 'displayBatchSize must be a positive integer',
  inspectDepth: (value) =>
    typeof value === 'number' && value >= 0 ? null : 'inspectDepth must be a non-negative number',
  inspectCompact: (value) =>
    typeof value === 'boolean' || (Number.isInteger(value) && (value as number) >= 0)
      ? null
      : 'inspectCompact must be a boolean or a non-negative integer',
};

const isSetting = (name: string): name is keyof Settings => Object.hasOwn(DEFAULTS, name);
const absent = (name: string) => `Option "${name}" is not available in this environment`;

export class ShellConfig {
  readonly #settings: Settings = { ...DEFAULTS };

  /** @returns `undefined` for a setting there is not, as mongosh does. */
  get(name: string): unknown {
    return isSetting(name) ? this.#settings[name] : undefined;
  }

  set(name: string, value: unknown): string {
    if (!isSetting(name)) return absent(name);
    const wrong = CHECKS[name](value);
    if (wrong !== null) return `Cannot set option "${name}": ${wrong}`;
    Object.assign(this.#settings, { [name]: value });
    return `Setting "${name}" has been changed`;
  }

  reset(name: string): string {
    if (!isSetting(name)) return absent(name);
    Object.assign(this.#settings, { [name]: DEFAULTS[name] });
    return `Setting "${name}" has been reset to its default value`;
  }

  /** What the shell itself goes by. */
  static read(config: ShellConfig): Settings {
    return { ...config.#settings };
  }
}
