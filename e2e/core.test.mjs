// The main job without any script in the browser: a signal waits, a person assesses and decides,
// the clocks run, the early warning's sheet is complete, and what was filed is recorded.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openPage, picture, signIn, startBrowser, startDemo } from './kit.mjs';

let demo;
let browser;

before(async () => { [demo, browser] = await Promise.all([startDemo(), startBrowser()]); });
after(async () => { await browser?.close(); await demo?.stop(); });

test('from the waiting signal to the filed early warning, without JavaScript', async () => {
  const page = await openPage(browser, { javaScriptEnabled: false });
  await signIn(page, demo);

  await page.click('main a[href^="/watch/watch_"]');
  await page.click('main form[action$="/assessment"] button');
  assert.match(await page.textContent('main'), /Mara Lindqvist/, 'who assesses stands on the page');

  await page.check('input[name=contained][value=yes]');
  await page.check('input[name=reachable][value=yes]');
  await page.check('input[name=exploited][value=customer]');
  for (const area of await page.locator('main textarea').all()) {
    if (await area.isVisible() && !(await area.inputValue())) await area.fill('A customer sent us the log of an attack.');
  }
  await page.check('input[name=outcome][value=aware]');
  await page.click('main form[action$="/decision"] button.primary');
  await page.waitForURL(/\/cases\/case_/);
  const caseUrl = page.url();
  const text = await page.textContent('main');
  for (const citation of ['Art. 14(2)(a)', 'Art. 14(2)(b)', 'Art. 14(2)(c)', 'Art. 14(8)']) {
    assert.ok(text.includes(citation), `${citation} stands on the case`);
  }
  assert.match(await page.textContent('.strip'), /\d/, 'the running clock is on every page');
  await picture(page, 'core-case');

  await page.goto(`${caseUrl}/sheets/early-warning`);
  const title = page.locator('main input[name*=title], main textarea[name*=title]').first();
  assert.ok((await title.inputValue()).length > 10, 'the title is filled from what is known');
  await page.click('main form[action$="/sheets/early-warning"] button.primary');
  await page.waitForURL(/\/filed$/);
  await page.fill('input[name=platform_reference]', 'SRP-DE-V-2026-00000777');
  await page.click('main form button.primary');
  await page.waitForURL((url) => !url.pathname.endsWith('/filed'));
  await page.goto(caseUrl);
  assert.match(await page.textContent('main'), /SRP-DE-V-2026-00000777/);
  await picture(page, 'core-filed');

  await page.goto(`${demo.url}/journal`);
  assert.match(await page.textContent('main'), /SRP-DE-V-2026-00000777|report-recorded|filed/);
});
