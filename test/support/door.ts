/** The gateway's door for an authority of a test, by HTTP. */
import { systemChance } from '../../adapters/chance-system.js';
import { createSystemClock } from '../../adapters/clock-system.js';
import { createDoor, type Door } from '../../client/sdk/door.js';
import type { Identity } from '../../client/sdk/identity.js';
import { createSessionSource } from '../../client/sdk/session.js';
import { ORIGIN, type Actor } from './actors.js';

export const systemClock = createSystemClock();

/** @param triesMax of one request: it outlives a restart */
export function doorOf(url: string, actor: Actor, triesMax = 6, by: typeof fetch = fetch): Door {
  const options = { origin: url, fetch: by, clock: systemClock, chance: systemChance, triesMax };
  const { id, caller, root, signing, auth, encryption } = actor;
  const identity: Identity = { authority: id, officer: caller.officer, root, signing, auth, encryption, desks: [] };
  const stranger = createDoor(options, () => Promise.reject(new Error('a stranger has no session')));
  return createDoor(
    options,
    createSessionSource(
      () => identity,
      () => ORIGIN,
      stranger,
      systemClock,
      systemChance,
    ),
  );
}
