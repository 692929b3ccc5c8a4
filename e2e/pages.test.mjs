// Every page a person can reach by links: it opens, axe finds nothing serious, the browser reports
// no error; in light and dark, wide and narrow, English and German.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openPage, picture, seriousFaults, signIn, startBrowser, startDemo } from './kit.mjs';

const PAGES_MAX = 120;
let demo;
let browser;

before(async () => { [demo, browser] = await Promise.all([startDemo(), startBrowser()]); });
after(async () => { await browser?.close(); await demo?.stop(); });

// Paths that differ only in an id show the same page: a few of each are enough.
const kindOf = (url) => url.pathname.replace(/[a-z]+_[0-9a-f]{32}/g, '{id}').replace(/(CVE|EUVD|GHSA|DEMO)-[\w-]+/g, '{name}')
  + [...url.searchParams.keys()].sort().map((key) => `&${key}`).join('');

async function linksOf(page) {
  const hrefs = await page.$$eval('a[href]:not([download])', (links) => links.map((link) => new URL(link.getAttribute('href'), document.baseURI).href));
  return hrefs.map((href) => new URL(href)).filter((url) => url.origin === demo.url && !/\.(json|csv|ics|jsonl|txt|atom|cdx|spdx)$|\/(download|export|original)|^\/evidence\/|^\/api\//.test(url.pathname));
}

async function crawl(page, start) {
  const queue = [new URL(start, demo.url)];
  const seen = new Map();
  const visited = [];
  const faults = [];
  while (queue.length && visited.length < PAGES_MAX) {
    const url = queue.shift();
    url.hash = '';
    const kind = kindOf(url);
    const times = seen.get(kind) ?? 0;
    if (visited.includes(url.href) || times >= 2) continue;
    seen.set(kind, times + 1);
    page.troubles.length = 0;
    const answer = await page.goto(url.href);
    visited.push(url.href);
    if (!answer.ok()) faults.push(`${url.pathname}: ${answer.status()}`);
    if (!(await page.title()).trim()) faults.push(`${url.pathname}: no title`);
    if (await page.locator('h1').count() !== 1) faults.push(`${url.pathname}: not exactly one h1`);
    for (const fault of await seriousFaults(page)) faults.push(`${url.pathname}: ${fault}`);
    for (const trouble of page.troubles) faults.push(`${url.pathname}: ${trouble}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 1) faults.push(`${url.pathname}: ${wide} px too wide`);
    queue.push(...await linksOf(page));
  }
  return { visited, faults };
}

test('every console page holds, wide and light', async () => {
  const page = await openPage(browser, { colorScheme: 'light' });
  await signIn(page, demo);
  const { visited, faults } = await crawl(page, '/');
  assert.ok(visited.length > 15, `only ${visited.length} pages were found`);
  assert.deepEqual(faults, []);
});

test('every console page holds, narrow, dark and German', async () => {
  const page = await openPage(browser, { colorScheme: 'dark', viewport: { width: 360, height: 740 } });
  await signIn(page, demo);
  await page.locator('form.preferences button[value=de]').click();
  await page.waitForLoadState();
  assert.equal(await page.getAttribute('html', 'lang'), 'de');
  const { faults } = await crawl(page, '/');
  assert.deepEqual(faults, []);
  await page.goto(demo.url);
  await page.locator('form.preferences button[value=en]').click();
});

test('the public pages hold without an account', async () => {
  for (const options of [{ colorScheme: 'light' }, { colorScheme: 'dark', viewport: { width: 360, height: 740 }, locale: 'de-DE' }]) {
    const page = await openPage(browser, options);
    const { visited, faults } = await crawl(page, '/trust');
    assert.ok(visited.length >= 2, `only ${visited}`);
    assert.deepEqual(faults, []);
  }
});

test('pictures for people to look at', { skip: !process.env.BONAFIDE_PICTURES }, async () => {
  const looks = { light: { colorScheme: 'light' }, dark: { colorScheme: 'dark' }, narrow: { viewport: { width: 360, height: 740 } }, middle: { viewport: { width: 820, height: 1100 } } };
  for (const [look, options] of Object.entries(looks)) {
    const page = await openPage(browser, options);
    await page.goto(`${demo.url}/trust`);
    await picture(page, `trust-${look}`);
    const product = await page.locator('main table a').first().getAttribute('href');
    await page.goto(new URL(product, demo.url).href);
    await picture(page, `trust-product-${look}`);
    await page.goto(`${demo.url}/sign-in`);
    await picture(page, `sign-in-${look}`);
    await signIn(page, demo);
    for (const [name, path] of Object.entries({ home: '/', triage: '/triage', cases: '/cases', products: '/products', journal: '/journal', settings: '/settings', feeds: '/settings/feeds' })) {
      await page.goto(demo.url + path);
      await picture(page, `${name}-${look}`);
    }
    await page.goto(demo.url);
    const clock = await page.locator('a[href^="/cases/case_"]').first().getAttribute('href');
    await page.goto(demo.url + clock);
    await picture(page, `case-${look}`);
    await page.goto(`${demo.url + clock}/sheets/early-warning`);
    await picture(page, `sheet-${look}`);
    await page.goto(demo.url);
    await page.locator('a[href^="/watch/"]').first().click();
    await picture(page, `watch-${look}`);
    await page.goto(`${demo.url}/vulnerabilities/CVE-2026-90117`);
    await picture(page, `vulnerability-${look}`);
    await page.goto(`${demo.url}/products`);
    await page.locator('main table a[href^="/products/prod_"]').first().click();
    await picture(page, `product-${look}`);
  }
});
