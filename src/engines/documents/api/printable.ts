/** What the shell prints by a text of its own, and not by its fields. */
export abstract class Printable {
  abstract printed(): string;
}
