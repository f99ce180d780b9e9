/** A gateway goes on with its own log alone: not under a key that was made anew because its file was lost, nor under another origin. */
import { expect, it } from 'vitest';
import { memoryMark } from '../support/witness-town.js';
import { createCast, createGatewayKeys, createTestGateway, enrol, openWalk, walkConfig } from '../support/test-gateway.js';

it('does not start over a log that was signed with another key, or is of another origin', async () => {
  const gateway = createTestGateway(41);
  const { world, operator, keys, store, walk } = gateway;
  const start = (over: { keys?: typeof keys; origin?: string }) =>
    openWalk(world, operator, over.keys ?? keys, store, {
      config: walkConfig(operator, over.origin === undefined ? {} : { origin: over.origin }),
    }).walk.stand();
  // nothing is signed yet
  await expect(start({ keys: createGatewayKeys(9) })).resolves.toBeUndefined();
  await enrol(gateway, [createCast(7).fia]);
  await walk.publishCheckpoint();
  await expect(start({})).resolves.toBeUndefined();
  await expect(start({ keys: createGatewayKeys(9) })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  await expect(start({ origin: 'parley.example/other' })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});

it('goes on with one key where two processes began an empty log, each with its own', async () => {
  const gateway = createTestGateway(42);
  const { world, operator, store, walk } = gateway;
  const other = openWalk(world, operator, createGatewayKeys(9), store, { config: walkConfig(operator, {}) }).walk;
  await other.stand();
  await enrol(gateway, [createCast(7).fia]);
  await walk.publishCheckpoint();
  await expect(other.publishCheckpoint()).rejects.toThrow(/LOG_BEHIND: .*signed with another key.*give it that key file/);
  expect(other.trouble?.code).toBe('LOG_BEHIND');
  await walk.publishCheckpoint();
  expect(walk.trouble).toBeNull();
});

it('notes what it shows at once, though nobody cosigns it: a database that was set back to just before would show another', async () => {
  const mark = memoryMark();
  const gateway = createTestGateway(43, { mark });
  await enrol(gateway, [createCast(7).fia]);
  const note = await gateway.walk.publishCheckpoint();
  expect(note).not.toBeNull();
  expect(mark.note).toBe(note);
});
