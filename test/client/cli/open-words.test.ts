import { expect, it } from 'vitest';
import { linesOf } from '../../../client/cli/commands/open.js';
import type { Opened } from '../../../client/sdk/index.js';
import { authority, digest, instant } from '../../support/ids.js';

const label = { level: 'RESTRICTED', tlp: 'RED', purposes: [], originators: [], caveats: [], destroyBy: null };
const payload = { originator: authority('NG-FIA'), until: instant('2026-07-10T00:00:00Z') };
const opened = {
  item: { digest: digest('item'), payload: { issuer: authority('NG-FIA') } },
  ...{ label, labelEpoch: 0, access: { receiptBody: { index: 7 } }, release: null, doubts: [] },
  consents: [{ digest: digest('consent'), payload }],
  content: { role: 'TEXT', text: 'A line.' },
} as unknown as Opened;

it('says of a consent how it was granted, and not that it stands: its end comes into the inbox', () => {
  const line = linesOf(opened)
    .split('\n')
    .find((one) => one.startsWith('Consent '));
  expect(line).toMatch(
    /^Consent \S+ of NG-FIA, as granted until 2026-07-10T00:00:00\.000Z\; where it was revoked since, your inbox says so\./,
  );
});
