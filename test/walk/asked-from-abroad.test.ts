/** Whom a threat brought an item abroad, on no channel that joins it with its giver: it asks back through its own State's counterpart (INR.40 ¶18-19). */
import { expect, it } from 'vitest';
import { explanationLines } from '../../client/cli/explained.js';
import { explainRequest } from '../../domain/wire/explain.js';
import { createExplainer } from '../../gateway/read/explain.js';
import { answered, codesOf } from '../support/answered.js';
import { colleagueOf, createActor, entry } from '../support/actors.js';
import { makeRelease } from '../support/letters.js';
import { makeApproval, makeNotice } from '../support/notices.js';
import { enrol } from '../support/test-gateway.js';
import { createChance } from '../support/world.js';

it.each([
  ['CUSTOMS', false],
  ['LAW_ENFORCEMENT', true],
] as const)('a %s is told of the road that there is', async (type, hasChannel) => {
  const scene = await answered(1_731);
  const { accept, walk, fia, fix, found, desk } = scene;
  const chance = createChance(1_732);
  const abroad = createActor('ZZ-CUS', type, chance);
  await enrol(scene, [abroad]);
  const second = colleagueOf(fia, 'o2', chance);
  expect((await walk.acceptStatement(entry(fia, desk().at, chance, { seq: 2 }, [second]).submission, null)).ok).toBe(true);
  const threat = { way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', reason: 'THREAT_TO_LIFE' };
  const notice = makeNotice(fia, abroad, found.digest, desk(), threat);
  expect(codesOf(await accept(notice, fia))).toEqual(['ALLOW']);
  const approval = makeApproval(fia, second.signing, notice.digest, desk());
  expect(codesOf(await accept(approval, second))).toEqual(['ALLOW']);
  const { purposes, ...label } = found.label as { purposes: string[] };
  const release = await makeRelease(fia, abroad, found, [], desk(), {
    purpose: 'IMMINENT_THREAT',
    label: { ...label, purposes: [...purposes, 'IMMINENT_THREAT'] },
    basis: { notices: [notice.digest], approvals: [approval.digest] },
  });
  expect(codesOf(await accept(release, fia))).toEqual(['ALLOW']);
  const explainer = createExplainer({
    ...scene.deps,
    store: scene.store,
    library: walk.library,
    directory: scene.directory,
    deployment: scene.deps.config.deployment,
  });
  const told = await explainer.explain(abroad.caller, explainRequest.parse({ act: 'use', item: found.digest, purpose: 'INVESTIGATION' }));
  if (!told.ok) throw new Error(told.error.code);
  const words = explanationLines(told.value, []);
  expect(words.includes('parley consent ask')).toBe(hasChannel);
  expect(words.includes(`ask it through ${fia.id}`)).toBe(hasChannel);
  expect(words.split(`no channel joins you with ${fix.id}`)).toHaveLength(hasChannel ? 1 : 3);
  expect(words).not.toContain('ask who gave you the item');
});
