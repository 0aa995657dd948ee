/** Addresses get cut, escaped twice and made up: a page is shown, and what is on it works. */
import type { Page } from '@playwright/test';
import { addressOf } from './course.ts';
import { expect, test } from './fixtures.ts';

/** What does not belong into any address, or belongs there and is damaged. */
const DAMAGED = [
  '#%',
  '#%E0%A4%A',
  '#%00',
  '#constructor:W10',
  `#x-${'y'.repeat(5000)}`,
  '?%',
  '?%E0%A4%A#%E0%A4%A',
];
/** What only some pages look for. */
const DRAWN = ['?draw=%&only=%', '?draw=k3f9x2&only=99-00-77', '?draw=k3f9x2&draw=%ff&only=1-1-1'];
const SEARCHED = ['?q=%E0%A4%A&q=%'];
const THEMED = ['?theme=%', '?theme=constructor'];
const SHOWN = ['?present=%', '?present=__proto__#%', '#__proto__', '#:', '#a:%%%', '#%ff%fe'];

const shows =
  (part: string): ((page: Page) => Promise<void>) =>
  (page) =>
    expect(page.locator(part).filter({ visible: true }).first()).toBeVisible();

/** Every page that reads its address, and what shows that its scripts work. */
const PAGES: readonly [
  path: string,
  damaged: readonly string[],
  works: (page: Page) => Promise<void>,
][] = [
  [
    'lms/',
    THEMED,
    async (page) => {
      await expect(page.locator('.lms-theme')).toBeVisible();
      await expect(page.locator('.lms-list code')).not.toBeEmpty();
      await expect(page.locator('.lms-pages button').first()).toBeVisible();
    },
  ],
  ['self-test/', [...DRAWN, ...SHOWN], shows('[data-action=start], .self-test-stage h2')],
  [
    'reference/',
    [...SEARCHED, ...SHOWN],
    async (page) => {
      await page.locator('.card-filter input').fill('HSET');
      await expect(page.locator('.card-filter')).toContainText('Enter opens');
    },
  ],
  [addressOf('1.1'), [], shows('.challenge-bar')],
  [addressOf('1.2'), SHOWN, shows('.cell-bar')],
  [addressOf('5.1'), [], shows('.chooser-step[data-current]')],
  [
    'embed/1.2/',
    THEMED,
    async (page) => {
      await expect(page.locator('html')).toHaveAttribute('data-theme', /^(light|dark)$/);
      await expect(page.locator('.cell-bar').first()).toBeVisible();
    },
  ],
  [
    'progress/',
    [],
    async (page) => expect(page.locator('[data-total=read]')).toContainText(' of '),
  ],
];

const STEPS = /^(self-test|reference|the-problem|choosing)\//;

for (const [path, own, works] of PAGES)
  test(`/${path} takes any address @once`, async ({ page }) => {
    test.setTimeout(180_000);
    const all = [...DAMAGED, ...own];
    for (const damaged of all) {
      await test.step(damaged.slice(0, 40), async () => {
        await page.goto('about:blank');
        await page.goto(path + damaged);
        await expect(page.locator('h1, h2').first()).toBeAttached();
        // A page that can be presented is shown in steps then.
        const inSteps = damaged.includes('present') && STEPS.test(path);
        await (inSteps ? shows('.present-bar') : works)(page);
      });
    }
    await page.goto(path);
    // The address changes while the page is there.
    for (const damaged of all.filter((one) => one.startsWith('#')))
      await page.evaluate((hash) => void (location.hash = hash), damaged);
    await works(page);
  });

test('a lasting link leads to its page whatever follows it @once', async ({ page }) => {
  for (const damaged of ['#%', '#%E0%A4%A', '?%#%:%']) {
    await page.goto('about:blank');
    await page.goto(`go/1.2/${damaged}`);
    await expect(page.locator('h1')).toHaveText('Three broken solutions');
  }
});
