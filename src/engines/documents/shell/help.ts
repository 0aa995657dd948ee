/** What `help` and the `help()` methods give: a text that is shown as it is. */
export class HelpText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
