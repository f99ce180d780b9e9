/** What a formal request brings goes, without a further consent, to whom it names for its proceedings (46(15)(b), 46(19)), and serves no others. */
import { expect, it } from 'vitest';
import { labelFor } from '../domain/machines/scene.js';
import { open, say, setStage, settle, take, textOf } from '../domain/machines/stage.js';
import type { Signed } from '../support/actors.js';
import { codesOf } from '../support/answered.js';
import { makeItem, makeRelease, makeUse } from '../support/letters.js';

const FOR = 'INVESTIGATION';

async function executed(seed: number, answer: 'SILENT' | 'REFUSE') {
  const stage = await setStage('FORMAL_MLA_REQUEST', seed);
  const { R, Q, third, gateway } = stage;
  const named = { authority: third.id, authorityType: third.type };
  const run = await open(stage, { intendedRecipients: [{ ...named, purposes: [FOR] }] });
  await settle(stage);
  expect(await take(run, 'ACKNOWLEDGE', 'Q', await textOf(stage, Q))).toEqual(['ALLOW']);
  const label = { ...labelFor('FORMAL_MLA', Q), purposes: [FOR] };
  const found = await makeItem(Q, [R, Q], 'the extract from the register', gateway.desk(), { label });
  const body = { consentToIntendedRecipients: [{ ...named, answer }] };
  expect(await say(run, 'Q', 'FINAL_REPLY', body, [found])).toEqual(['ALLOW']);
  const accept = async ({ submission }: Signed, who: typeof R) => codesOf(await gateway.walk.acceptStatement(submission, who.caller));
  const release = await makeRelease(R, third, found, [], gateway.desk(), { basis: { exemption: 'NAMED_TEAM' }, purpose: FOR });
  const use = (proceedings: string) => accept(makeUse(third, found.digest, gateway.desk(), { purpose: FOR, proceedings }), third);
  return { handedOn: await accept(release, R), use };
}

it('goes to the authority that conducts them, which uses it in them alone', async () => {
  const { handedOn, use } = await executed(921, 'SILENT');
  expect(handedOn).toEqual(['ALLOW']);
  expect(await use('case-1')).toEqual(['ALLOW']);
  expect(await use('case-2')).toEqual(['USE_BEYOND_PURPOSE']);
});

it('goes to nobody whom the answer refused', async () => {
  const { handedOn } = await executed(922, 'REFUSE');
  expect(handedOn).toEqual(['TLP_EXCEEDED', 'NO_THIRD_PARTY_CONSENT']);
});
