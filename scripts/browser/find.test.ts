import { describe, expect, it } from 'vitest';
import { findBrowser, findHeadlessBrowser, type Machine } from './find.ts';

/** A machine with the given programs; commands add to them. */
function machine(
  programs: string[],
  { installs = {}, ...rest }: Partial<Machine> & { installs?: Record<string, string> } = {},
): Machine & { said: string[]; ran: string[] } {
  const present = new Set(programs);
  const said: string[] = [];
  const ran: string[] = [];
  return {
    environment: { PATH: '/usr/local/bin:/usr/bin' },
    isProgram: (path) => present.has(path),
    playwrightPath: () => '/home/me/.cache/ms-playwright/chrome',
    isRoot: false,
    isDebian: true,
    run(command, args) {
      ran.push([command, ...args].join(' '));
      const installed = installs[command];
      if (installed) present.add(installed);
      return installed !== undefined;
    },
    say: (message) => said.push(message),
    said,
    ran,
    ...rest,
  };
}

describe('finding a browser', () => {
  it('takes the one CHROMIUM_PATH names before any other', async () => {
    const environment = { PATH: '/usr/bin', CHROMIUM_PATH: '/opt/mine' };
    const here = machine(['/usr/bin/chromium', '/opt/mine'], { environment });
    expect(await findBrowser(here)).toBe('/opt/mine');
  });

  it('says so when CHROMIUM_PATH leads nowhere, and does not look further', async () => {
    const environment = { PATH: '/usr/bin', CHROMIUM_PATH: '/opt/gone' };
    const here = machine(['/usr/bin/chromium'], { environment });
    await expect(findBrowser(here)).rejects.toThrow(/CHROMIUM_PATH is \/opt\/gone/);
  });

  it("takes the system's before Playwright's", async () => {
    const own = '/home/me/.cache/ms-playwright/chrome';
    expect(await findBrowser(machine(['/usr/bin/google-chrome', own]))).toBe(
      '/usr/bin/google-chrome',
    );
    expect(await findBrowser(machine([own]))).toBe(own);
  });

  it('downloads one when there is none, and says that it does', async () => {
    const own = '/home/me/.cache/ms-playwright/chrome';
    const here = machine([], { installs: { npx: own } });
    expect(await findBrowser(here)).toBe(own);
    expect(here.ran).toEqual(['npx playwright install chromium']);
    expect(here.said.join()).toContain('playwright install chromium');
  });

  it('says before it downloads anything what needs a browser, and how to use another', async () => {
    const order: string[] = [];
    const here: Machine = {
      ...machine([], { isRoot: true }),
      say: (message) => order.push(message),
      run: (command) => order.push(command) < 0,
    };
    await expect(findBrowser(here, 'Mermaid draws in a browser.')).rejects.toThrow();
    expect(order[0]).toMatch(/^Mermaid draws in a browser\..*downloaded.*CHROMIUM_PATH/);
    expect(order[1]).toBe('npx');
    expect(order[2]).toMatch(/apt-get install chromium/);
    expect(order[3]).toBe('apt-get');
  });

  it("falls back on Debian's package as root, after refreshing its lists if it must", async () => {
    const here = machine([], { isRoot: true, installs: { 'apt-get': '/usr/bin/chromium' } });
    expect(await findBrowser(here)).toBe('/usr/bin/chromium');
    expect(here.ran.at(-1)).toContain('apt-get install');
  });

  it('asks nobody for a password: without root it names the remedy instead', async () => {
    const here = machine([]);
    await expect(findBrowser(here)).rejects.toThrow(
      /Install Chromium or Chrome, or set CHROMIUM_PATH/,
    );
    expect(here.ran).toEqual(['npx playwright install chromium']);
  });
});

describe('finding a browser that nobody watches', () => {
  const shell = '/usr/bin/chromium-headless-shell';

  it('takes the headless shell before a whole browser, and CHROMIUM_PATH before both', async () => {
    expect(await findHeadlessBrowser(machine(['/usr/bin/chromium', shell]))).toBe(shell);
    const environment = { PATH: '/usr/bin', CHROMIUM_PATH: '/opt/mine' };
    const here = machine([shell, '/opt/mine'], { environment });
    expect(await findHeadlessBrowser(here)).toBe('/opt/mine');
  });

  it('installs the shell as root on Debian, and nothing else', async () => {
    const here = machine(['/usr/bin/chromium'], { isRoot: true, installs: { 'apt-get': shell } });
    expect(await findHeadlessBrowser(here)).toBe(shell);
    expect(here.ran).toEqual([
      'apt-get install -y --no-install-recommends chromium-headless-shell',
    ]);
  });

  it('tries to install the shell once: what was found is known to whatever runs next', async () => {
    const here = machine(['/usr/bin/chromium'], { isRoot: true });
    await findHeadlessBrowser(here);
    const tried = here.ran.length;
    expect(tried).toBeGreaterThan(0);
    expect(await findHeadlessBrowser(here)).toBe('/usr/bin/chromium');
    expect(here.ran).toHaveLength(tried);
  });

  it('is content with a whole browser where no shell can be had', async () => {
    for (const isRoot of [true, false]) {
      const here = machine(['/usr/bin/google-chrome'], { isRoot });
      expect(await findHeadlessBrowser(here)).toBe('/usr/bin/google-chrome');
      expect(here.ran.some((command) => command.startsWith('npx'))).toBe(false);
    }
  });
});
