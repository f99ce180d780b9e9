/** Whom a higher level shuts out, so far as a client knows: officers of one's own, and whoever one has exchanges with. */
import { LEVELS, type Level } from '../../domain/vocabulary.js';
import { levelExceeds } from '../../domain/label.js';
import { readAuthority, type ParleyClient } from '../sdk/index.js';

/** Each with the highest level that it is cleared for. */
export async function shutOutBy(client: ParleyClient, level: Level): Promise<readonly string[]> {
  const { authorities } = (await client.directory()).directory;
  const others = new Set((await client.exchanges()).flatMap(({ requesting, requested }) => [requesting, requested].map(readAuthority)));
  others.delete(client.authority);
  const theirs = [...others].sort().map((id) => ({ who: String(id), cleared: authorities.get(id)?.entry?.clearance ?? LEVELS[0] }));
  const own = (await client.officers()).map(({ officer, clearance }) => ({ who: `your ${officer}`, cleared: clearance }));
  return [...own, ...theirs].filter(({ cleared }) => levelExceeds(level, cleared)).map(({ who, cleared }) => `${who} (${cleared})`);
}
