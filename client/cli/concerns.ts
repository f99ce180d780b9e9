/** What a command says of the addressee beside its answer: warnings, which refuse nothing and tell nothing of what is sent. */
import type { AuthorityId } from '../../domain/ids.js';
import type { Concern, ParleyClient } from '../sdk/index.js';

export const warningLines = (concerns: readonly Concern[]): string[] =>
  concerns.map(({ code, sentence }) => `WARNING ${code}: ${sentence}`);

interface Sides {
  readonly from: AuthorityId;
  readonly to: AuthorityId;
}

/** Of the exchange's other side. */
export const concernsIn = (client: ParleyClient, { from, to }: Sides): Promise<readonly Concern[]> =>
  client.concernsWith(from === client.authority ? to : from);
