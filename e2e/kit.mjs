// A running demo and a browser for the tests: nothing is downloaded, Debian's Chromium is used.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '..');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const pictures = process.env.BONAFIDE_PICTURES;

// Starts `bonafide demo` on a free port and reads from its first lines where and how to sign in.
export async function startDemo() {
  const binary = process.env.BONAFIDE_BINARY
    ?? path.join(process.env.CARGO_TARGET_DIR ?? path.join(root, 'target'), 'debug', 'bonafide');
  const child = spawn(binary, ['demo', '--listen', '127.0.0.1:0'], {
    cwd: root, stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, BONAFIDE_LOG: process.env.BONAFIDE_LOG ?? 'warn' },
  });
  let text = '';
  const ready = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the demo did not start:\n${text}`)), 120_000);
    child.on('exit', (code) => reject(new Error(`the demo ended with ${code}:\n${text}`)));
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const url = /(http:\/\/\S+)/.exec(text)?.[1];
      const email = /e-mail\s+(\S+)/.exec(text)?.[1];
      const password = /password\s+(\S+)\s/.exec(text)?.[1];
      if (url && email && password) { clearTimeout(timer); resolve({ url, email, password }); }
    });
  });
  const demo = await ready;
  child.removeAllListeners('exit');
  return {
    ...demo,
    stop: () => new Promise((resolve) => { child.once('exit', resolve); child.kill('SIGTERM'); }),
  };
}

export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

// A page that fails the test when the browser reports an error or a policy violation.
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.troubles = [];
  page.on('console', (message) => { if (message.type() === 'error') page.troubles.push(message.text()); });
  page.on('pageerror', (error) => page.troubles.push(String(error)));
  page.on('dialog', (dialog) => { page.troubles.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  return page;
}

export async function signIn(page, demo) {
  await page.goto(`${demo.url}/sign-in`);
  await page.fill('input[name=email]', demo.email);
  await page.fill('input[name=password]', demo.password);
  await Promise.all([page.waitForURL((url) => url.pathname !== '/sign-in'), page.click('main button.primary')]);
}

// What axe calls serious or critical, in words.
export async function seriousFaults(page) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  return result.violations
    .filter((violation) => ['serious', 'critical'].includes(violation.impact))
    .map((violation) => `${violation.id}: ${violation.help}\n  ${violation.nodes.slice(0, 3).map((node) => node.target.join(' ') + ' ' + (node.failureSummary ?? '')).join('\n  ')}`);
}

// Keeps a picture when BONAFIDE_PICTURES names a folder.
export async function picture(page, name) {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
}
