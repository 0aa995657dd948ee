/** `\if`, `\elif`, `\else`, `\endif`: which parts of a script run. */
import { booleanOf } from './variables.ts';

interface Branch {
  /** Whether this branch runs. */
  active: boolean;
  /** Whether one of its branches has run, or none may. */
  settled: boolean;
  hasElse: boolean;
}

export class Conditions {
  private readonly stack: Branch[] = [];

  /** Whether what stands here runs. */
  get active(): boolean {
    return this.stack.every(({ active }) => active);
  }

  get open(): boolean {
    return this.stack.length > 0;
  }

  clear(): void {
    this.stack.length = 0;
  }

  /** @returns what is wrong, in psql's words, or `null`. */
  take(name: 'if' | 'elif' | 'else' | 'endif', condition: string): string | null {
    if (name === 'if') {
      const outer = this.active;
      const on = outer ? booleanOf(condition) : false;
      this.stack.push({ active: on === true, settled: !outer || on === true, hasElse: false });
      return on === null ? unrecognized(condition, 'if') : null;
    }
    const top = this.stack.at(-1);
    if (!top) return `\\${name}: no matching \\if`;
    if (name === 'endif') {
      this.stack.pop();
      return null;
    }
    if (top.hasElse) return `\\${name}: cannot occur after \\else`;
    if (name === 'else') {
      top.hasElse = true;
      top.active = !top.settled;
      top.settled = true;
      return null;
    }
    if (top.settled) {
      top.active = false;
      return null;
    }
    const on = booleanOf(condition);
    top.active = top.settled = on === true;
    return on === null ? unrecognized(condition, 'elif') : null;
  }
}

const unrecognized = (value: string, name: string): string =>
  `unrecognized value "${value}" for "\\${name} expression": Boolean expected`;
