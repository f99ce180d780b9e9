/** A gateway over a real database, with an upload under its newest checkpoint and a message after it: what is backed up. */
import { join } from 'node:path';
import { openStore } from '../../adapters/store-prisma/open-store.js';
import type { Digest } from '../../domain/ids.js';
import type { Store } from '../../domain/ports.js';
import type { Deps } from '../../gateway/deps.js';
import { opened } from './opened.js';
import { createUploads } from '../../gateway/uploads.js';
import { ORIGIN, submitted, uuidFrom, type Signed } from './actors.js';
import { createPlace, type Place } from './backups.js';
import { makeEnvelope, makeItem, makeRequest, REQUEST_FORM, requestBody } from './letters.js';
import { checkStreams, checkTree } from './log-checks.js';
import { createCast, createTestGateway, enrol, type TestGateway } from './test-gateway.js';

export const backupCast = createCast(7);
const { fia, fix } = backupCast;

export interface Scene {
  readonly gateway: TestGateway;
  readonly place: Place;
  /** whose body came as an upload */
  readonly upload: Signed;
  readonly archive: string;
}

/** An upload, then one more request after the newest checkpoint. @param over keys of its own */
export async function play(place = createPlace(), over: Partial<Deps> = {}): Promise<Scene> {
  const store = await openStore(place.url);
  const gateway = {
    ...createTestGateway(1, { store, blobs: place.blobs, ...over }),
    ...(over.keys === undefined ? {} : { keys: over.keys }),
  };
  await enrol(gateway, [fia, fix]);
  const upload = await sendUpload(gateway, place);
  await gateway.walk.publishCheckpoint();
  await send(gateway);
  return { gateway, place, upload, archive: join(place.folder, 'archive.tar') };
}

export async function send({ walk, desk }: TestGateway): Promise<Digest> {
  const { signed } = await makeRequest(fia, fix, desk());
  const answer = await walk.acceptStatement(signed.submission, fia.caller);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error.refusal));
  return answer.value.digest;
}

async function sendUpload({ walk, desk, store, world }: TestGateway, { blobs }: Place): Promise<Signed> {
  const uploads = createUploads({ store, blobs, clock: world.clock, chance: desk().chance });
  const item = await makeItem(fia, [fix, fia], 'by parts', desk(), { itemRole: 'FORM', form: REQUEST_FORM });
  const { upload } = await opened(uploads, fia.id, item.sealed.body.length);
  await uploads.put(fia.id, upload, 0, item.sealed.body);
  const letter = { from: fia, to: fix, exchange: uuidFrom(desk().chance), message: 'SUBMIT' as const };
  const whole = makeEnvelope({ ...letter, items: [item], body: requestBody(fix, item.digest) }, desk());
  const { statement, ...rest } = whole.submission;
  const sent = submitted(statement, { ...rest, bodies: [{ item: item.digest, upload }] });
  const answer = await walk.acceptStatement(sent.submission, fia.caller);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error.refusal));
  return sent;
}

/** Everything that must be true of a log, as violations. */
export async function wrongWith(store: Store, { keys }: TestGateway): Promise<string[]> {
  const said: string[] = [];
  const view = { origin: ORIGIN, store, leaves: await store.leaves(0, await store.leafCount()), keys };
  await checkTree(view, [], (violation) => said.push(violation));
  await checkStreams(view, (violation) => said.push(violation));
  return said;
}
