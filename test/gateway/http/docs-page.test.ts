import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openGate } from './gate.js';

const BROWSER = '/usr/bin/chromium';

describe('/docs in a browser', () => {
  it.skipIf(!existsSync(BROWSER))('shows the operations without breaking its own policy (needs /usr/bin/chromium)', async () => {
    const gate = await openGate();
    const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      const hosts = new Set<string>();
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => hosts.add(new URL(request.url()).host));
      await page.goto(`${gate.running.origin}/docs/`);
      await page.getByText('/v1/inbox', { exact: false }).first().waitFor();
      // nothing can be tried here: a signature typed into the page would go nowhere, and look as if it had
      expect(await page.locator('button', { hasText: 'Authorize' }).or(page.locator('[aria-label*="authorization"]')).count()).toBe(0);
      const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      // white on #3b4151
      const ofLabel = () =>
        page
          .locator('.opblock-summary-method')
          .evaluateAll((labels) =>
            [
              ...new Set(labels.map((label) => getComputedStyle(label)).map((style) => `${style.color} on ${style.backgroundColor}`)),
            ].join(),
          );
      const readable = 'rgb(255, 255, 255) on rgb(59, 65, 81)';
      const onPaper = await ground();
      await expect.poll(ofLabel).toBe(readable);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect.poll(ground).not.toBe(onPaper);
      await expect.poll(ofLabel).toBe(readable);
      await page.emulateMedia({ media: 'print' });
      await expect.poll(ground).toBe(onPaper);
      await expect.poll(ofLabel).toBe(readable);
      expect(complaints).toEqual([]);
      expect([...hosts].filter((host) => host !== '')).toEqual([new URL(gate.running.origin).host]);
    } finally {
      await browser.close();
      await gate.close();
    }
  });
});
