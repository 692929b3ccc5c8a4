// Deciding, deciding anew and the severe incident, without any script in the browser and in both
// languages: everything wrong is said at once, what was typed stays, times are local.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openPage, picture, seriousFaults, signIn, startBrowser, startDemo } from './kit.mjs';

let demo;
let browser;

before(async () => { [demo, browser] = await Promise.all([startDemo(), startBrowser()]); });
after(async () => { await browser?.close(); await demo?.stop(); });

const shown = async (page, name) => { await picture(page, name); };

async function fillVisible(page, words) {
  for (const area of await page.locator('main textarea').all()) {
    if (await area.isVisible() && !(await area.inputValue())) await area.fill(words);
  }
}

test('a decision without JavaScript: all faults at once, then aware, then decided anew', async () => {
  const page = await openPage(browser, { javaScriptEnabled: false });
  await signIn(page, demo);
  await page.click('main a[href^="/watch/watch_"]');
  const item = page.url();
  await shown(page, 'decide-waiting-en');
  await page.check('input[name=contained][value=yes]');
  await page.check('input[name=exploited][value=none-yet]');
  await page.check('input[name=outcome][value=aware]');
  await page.fill('input[name=aware_at]', '2026-10-25 02:30');
  for (const name of ['contained_text', 'reachable_text', 'reason']) await page.fill(`textarea[name=${name}]`, '');
  await page.click('main form[action$="/decision"] .actions button');
  const summary = page.locator('main [role=alert]');
  const links = await summary.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  for (const link of links) assert.equal(await page.locator(link).count(), 1, `${link} leads to its field`);
  assert.ok(links.includes('#exploited_text') && links.includes('#reason'), links.join());
  await shown(page, 'decide-faults-en');
  await page.fill('input[name=aware_at]', '');
  await page.check('input[name=reachable][value=yes]');
  await fillVisible(page, 'None yet, because the logs are still being fetched.');
  await page.click('main form[action$="/decision"] .actions button');
  await page.waitForURL(/\/cases\/case_/);
  const opened = page.url();
  await page.goto(item);
  await page.click('main a[href$="/anew"]');
  await shown(page, 'decide-anew-en');
  await page.fill('textarea[name=reason]', 'The trace was of our own test system.');
  await page.click('main form[action$="/anew"] button.primary');
  await shown(page, 'decide-again-en');
  assert.match(await page.textContent('main'), /its T0 stays/);
  assert.equal(await page.locator('input[name=aware_at]').count(), 0, 'T0 is not asked again');
  await page.check('input[name=contained][value=yes]');
  await page.check('input[name=reachable][value=yes]');
  await page.check('input[name=outcome][value=not-reportable]');
  await page.selectOption('select[name=because]', 'not-malicious');
  await fillVisible(page, 'None yet, because it was our own test.');
  await page.click('main form[action$="/decision"] .actions button');
  await shown(page, 'decide-doubted-en');
  assert.ok(await page.locator(`main a[href="${new URL(opened).pathname}"]`).count() > 0, 'its case is linked');
});

test('a severe incident in German: the kind changes and what was typed stays', async () => {
  const page = await openPage(browser, { javaScriptEnabled: false, locale: 'de-DE' });
  await signIn(page, demo);
  await page.click('button[name=lang][value=de]');
  await page.goto(`${demo.url}/cases/new`);
  await page.fill('input[name=title]', 'Fremdes Update ausgeliefert');
  await page.fill('textarea[name=reason]', 'Die Signatur ist nicht unsere.');
  await page.click('button[name=switch][value=severe-incident]');
  assert.equal(await page.inputValue('input[name=title]'), 'Fremdes Update ausgeliefert');
  assert.equal(await page.locator('input[name=reachable]').count(), 0, 'no question about a flaw');
  await shown(page, 'incident-new-de');
  await page.locator('#member_states summary').click();
  const own = page.locator('#member_states label:has(.quiet) input');
  assert.ok(await own.isChecked(), 'the coordinator\u2019s own state is ticked');
  await own.uncheck();
  await page.click('main form button.primary');
  assert.ok(await page.locator('input[name=without_own]').count(), 'leaving it out is asked about');
  await shown(page, 'incident-faults-de');
  await own.check();
  await page.selectOption('select[name=source]', 'own-telemetry');
  await page.check('input[name=severity_test][value=malicious-code]');
  await page.check('input[name=suspected][value=yes]');
  await fillVisible(page, 'Das Protokoll des Update-Servers.');
  await page.fill('textarea[name=aware_reason]', '');
  await page.click('main form button.primary');
  await page.waitForURL(/\/cases\/case_/);
  assert.match(await page.textContent('main'), /Schwerwiegender Sicherheitsvorfall/);
  await shown(page, 'incident-case-de');
  await page.goto(`${demo.url}/cases`);
  await shown(page, 'cases-de');
  await page.goto(`${demo.url}/watch?show=decided`);
  await shown(page, 'watch-decided-de');
  await page.click('main tbody a[href^="/watch/"]');
  await shown(page, 'watch-decided-one-de');
});

test('the forms of deciding have no serious fault for assistive technology', async () => {
  const page = await openPage(browser);
  await signIn(page, demo);
  for (const path of ['/cases/new?kind=severe-incident', '/cases/new', '/signals/new', '/cases', '/watch?show=decided']) {
    await page.goto(demo.url + path);
    assert.deepEqual(await seriousFaults(page), [], path);
  }
  await page.goto(`${demo.url}/cases/new`);
  await page.click('main form button.primary');
  assert.deepEqual(await seriousFaults(page), [], 'the refused form');
  // The browser reports the 422 itself; nothing else may stand there.
  const other = page.troubles.filter((trouble) => !trouble.includes('422'));
  assert.deepEqual(other, []);
});
