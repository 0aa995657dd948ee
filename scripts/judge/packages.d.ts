/**
 * What the judges use of the packages that only `npm run judge` installs, so that types are checked where they are
 * not installed. The packages have more, and more exact, types of their own.
 */

declare module 'puppeteer-core' {
  interface Page {
    on(event: 'pageerror', listener: (error: unknown) => void): void;
    goto(url: string, options: { waitUntil: 'load' }): Promise<unknown>;
    evaluate(expression: string): Promise<unknown>;
  }
  interface Browser {
    newPage(): Promise<Page>;
    version(): Promise<string>;
    close(): Promise<void>;
  }
  const puppeteer: {
    launch(options: {
      browser: 'firefox';
      executablePath: string;
      headless: boolean;
      /** How long one answer may take, in milliseconds. */
      protocolTimeout: number;
      args: string[];
    }): Promise<Browser>;
  };
  export default puppeteer;
}
