import { expect, it } from 'vitest';
import { colorStyles } from './colors.ts';

const accent = { light: { color: '#1f5f8b' }, dark: { color: '#7ab8e0' } };
const refuse = (path: string[], message: string): never => {
  throw new Error(`${path.join(' ')}: ${message}`);
};

it('an accent is two colors; its other shades are mixed of them and the page', () => {
  const styles = colorStyles({ accent }, refuse);
  expect(styles).toContain(':root{--paper-accent:#1f5f8b;--sl-color-accent-low:#2c383e;');
  expect(styles).toMatch(/light'\]\{--sl-color-accent-low:#[0-9a-f]{6};--sl-color-accent:#1f5f8b;/);
  expect(styles).toContain('--sl-color-text-accent:#1f5f8b}');
});

it('a shade that the author gives is taken as it is', () => {
  const light = { color: '#96540d', low: '#f4e4cd', high: '#6b3a05', text: '#85480a' };
  expect(colorStyles({ accent: { ...accent, light } }, refuse)).toContain(
    '--sl-color-accent-low:#f4e4cd;--sl-color-accent:#96540d;--sl-color-accent-high:#6b3a05;--sl-color-text-accent:#85480a',
  );
});

it('an engine has its own colors, or those of the course', () => {
  expect(colorStyles({ accent }, refuse)).not.toContain('--e-');
  const engines = { redis: { light: '#6b3fa0', dark: '#cbb2f0' } };
  const [dark, light] = colorStyles({ accent, engines }, refuse).split('\n');
  expect(dark).toContain('--e-redis:#cbb2f0');
  expect(light).toContain('--e-redis:#6b3fa0');
});

it('what could not be read is refused, with how far it is from that', () => {
  expect(() => colorStyles({ accent: { ...accent, light: { color: '#ffcc00' } } }, refuse)).toThrow(
    'accent light text: #ffcc00 on a light page has a contrast of 1.5, text needs 4.5. Choose a darker one',
  );
  expect(() =>
    colorStyles({ accent, engines: { redis: { light: '#6b3fa0', dark: '#333333' } } }, refuse),
  ).toThrow(/engines redis dark: .* Choose a lighter one/);
});

it('an engine that is not there is refused, with those that are', () => {
  const engines = { oracle: { light: '#6b3fa0', dark: '#cbb2f0' } };
  expect(() => colorStyles({ accent, engines }, refuse)).toThrow(
    'engines oracle: there is no such engine. There are: postgres,',
  );
});
