/** What an integrator's bundler makes of the package, run where it is meant to run: no alias, no condition, a page and a network. */
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultLabel, readExchangeId } from '../../../client/sdk/index.js';
import type * as Sdk from '../../../client/sdk/index.js';
import { REQUEST_FIELDS, requestTo } from './drafts.js';
import { openGateway, type LiveGateway, type Member } from './live-gateway.js';

const BROWSER = '/usr/bin/chromium';
const PACKAGE = fileURLToPath(new URL('../../../dist/client/sdk/index.js', import.meta.url));
// it names no charset, so that the browser takes it for windows-1252: what is not ASCII must be escaped
const PAGE = '<!doctype html><script src="/app.js"></script>';
const ANSWER = 'Subject-1 owns it.';

/** in the page */
declare const parley: typeof Sdk;
declare const officer: Sdk.ParleyClient;

describe.skipIf(!existsSync(BROWSER))('the SDK in a browser (needs /usr/bin/chromium)', () => {
  let gateway: LiveGateway;
  let vg: Member;
  let browser: Awaited<ReturnType<typeof chromium.launch>>;
  let tab: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    gateway = await openGateway();
    vg = await gateway.join('VG-FIX', 'FIU');
    const { outputFiles } = await build({
      entryPoints: [PACKAGE],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'parley',
      platform: 'browser',
      logLevel: 'silent',
    });
    browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });
    tab = await browser.newPage();
    tab.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    tab.on('pageerror', (error) => complaints.push(error.message));
    // as a proxy would serve an application beside the gateway
    await tab.route(`${gateway.origin}/app.html`, (route) => route.fulfill({ contentType: 'text/html', body: PAGE }));
    await tab.route(`${gateway.origin}/app.js`, (route) => route.fulfill({ contentType: 'text/javascript', body: outputFiles[0]!.text }));
    await tab.goto(`${gateway.origin}/app.html`);
  });
  afterAll(async () => {
    await browser.close();
    await gateway.running.drain();
  });

  it('enrols, sends what Node opens, and opens what Node answers', async () => {
    const root = await tab.evaluate(async () => {
      const clock = {
        now: () => parley.instantFromMs(Date.now()),
        sleep: (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms)),
      };
      const chance = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };
      const store = parley.createMemoryKeyStore();
      const who = { authority: parley.readAuthority('NG-FIA'), officer: parley.readOfficer('o.1'), desk: parley.readDesk('INTAKE') };
      const identity = await parley.enrol(store, { ...who, suites: ['age-pq-1', 'openpgp-4'] }, chance, clock.now());
      const fetchIt: typeof fetch = (input, init) => fetch(input, init);
      Object.assign(globalThis, {
        officer: await parley.ParleyClient.connect({ origin: location.origin, fetch: fetchIt, store, clock, chance }),
      });
      return identity.root!.kid;
    });
    await gateway.designate('NG-FIA', root, 'FIU');
    await vg.client.pinRoot('NG-FIA', root);
    const draft = requestTo(vg.client, vg.client);
    const sent = await tab.evaluate(
      async ({ draft, theirs }) => {
        const facts = {
          name: 'NG-FIA',
          territory: 'NG',
          types: ['FIU'],
          languages: ['en'],
          clearance: 'RESTRICTED',
          timeZone: 'UTC',
        } as const;
        await officer.publishEntry({ ...facts, presumedConsent: [], roles: ['OFFICER', 'SUPERVISOR', 'COMPLIANCE'] });
        await officer.pinRoot('VG-FIX', theirs);
        const label = parley.defaultLabel('BVI_BILATERAL_FIU', officer.authority);
        const { digest, exchange } = await officer.send({ ...draft, items: draft.items.map((item) => ({ ...item, label })) });
        return { digest, exchange };
      },
      { draft, theirs: vg.client.identity.root!.kid },
    );

    const [item] = (await vg.client.inboxPage({ waitS: 5 })).entries.flatMap(({ items }) => items);
    const asked = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;
    const { content } = await vg.client.open({ item: item!.digest, via: sent.digest, ...asked });
    expect(content.role === 'FORM' && Object.fromEntries(content.fields)).toEqual(REQUEST_FIELDS);

    const label = defaultLabel('BVI_BILATERAL_FIU', vg.client.authority);
    const exchange = readExchangeId(sent.exchange);
    await vg.client.acknowledge(exchange);
    await vg.client.followUp(exchange, {
      message: 'INTERIM_REPLY',
      body: {},
      items: [{ content: { role: 'TEXT', text: ANSWER }, label, language: 'en' }],
    });

    const opened = await tab.evaluate(async (asked) => {
      for (let tries = 0; tries < 20; tries += 1)
        for await (const { kind, items, statement } of officer.inbox())
          if (kind === 'envelope' && items.length > 0) {
            const { content } = await officer.open({ item: items[0]!.digest, via: statement!.digest, ...asked });
            return content.role === 'TEXT' ? content.text : '';
          }
      return '';
    }, asked);
    expect(opened).toBe(ANSWER);
    expect(complaints).toEqual([]);
  });
});
