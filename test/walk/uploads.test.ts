/** A process may die between the commit and the claim of an upload: what a statement took is kept all the same. */
import { expect, it } from 'vitest';
import { DAY_MS } from '../../domain/time.js';
import { createUploads } from '../../gateway/uploads.js';
import { codesOf } from '../support/answered.js';
import { makeEnvelope, makeItem, REQUEST_FORM, requestBody } from '../support/letters.js';
import { submitted, uuidFrom } from '../support/actors.js';
import { createCast, createTestGateway, enrol } from '../support/test-gateway.js';
import { createWorld } from '../support/world.js';

it('does not sweep the body of a statement that was committed and never claimed it', async () => {
  const { store: kept } = createWorld(41);
  const store = { ...kept, claimUpload: () => Promise.resolve() };
  const gateway = createTestGateway(41, { store });
  const { fia, fix } = createCast(7);
  await enrol(gateway, [fia, fix]);
  const { world, walk, desk } = gateway;
  const uploads = createUploads({ store: kept, blobs: world.blobs, clock: world.clock, chance: desk().chance });
  const item = await makeItem(fia, [fix, fia], 'by parts', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
  const { body } = item.sealed;
  const [{ upload }, stray] = [await uploads.open(fia.id, body.length), await uploads.open(fia.id, body.length)];
  for (const one of [upload, stray.upload]) expect((await uploads.put(fia.id, one, 0, body)).ok).toBe(true);
  const exchange = uuidFrom(desk().chance);
  const whole = makeEnvelope(
    { from: fia, to: fix, exchange, message: 'SUBMIT', items: [item], body: requestBody(fix, item.digest) },
    desk(),
  );
  const { statement, ...rest } = whole.submission;
  const sent = submitted(statement, { ...rest, bodies: [{ item: item.digest, upload }] });
  expect(codesOf(await walk.acceptStatement(sent.submission, fia.caller, 'r'))).toEqual(['ALLOW']);
  world.clock.advance(2 * DAY_MS);
  await uploads.sweep();
  expect((await kept.upload(upload))?.claimedBy).toBe(sent.digest);
  expect(await kept.upload(stray.upload)).toBeNull();
  expect(await uploads.read(upload, 0, 0, body.length)).toEqual(body);
});
