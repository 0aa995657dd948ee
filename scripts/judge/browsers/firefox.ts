/** Firefox, driven over WebDriver BiDi. */
import puppeteer from 'puppeteer-core';
import type { Visitor } from './visitor.ts';

/**
 * @param executablePath the program
 * @param patience how long one expression may take, in milliseconds
 */
export async function openFirefox(executablePath: string, patience: number): Promise<Visitor> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    protocolTimeout: patience,
    args: ['--width=1280', '--height=900'],
  });
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  return {
    name: await browser.version(),
    async open(url) {
      await page.goto(url, { waitUntil: 'load' });
    },
    evaluate: <T>(expression: string) => page.evaluate(expression) as Promise<T>,
    errors: () => errors.splice(0),
    close: () => browser.close(),
  };
}
