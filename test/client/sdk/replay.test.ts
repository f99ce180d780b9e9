/** What an honest gateway shows is never called a contradiction, whatever happens in an exchange, and is followed to the end. */
import { expect, it } from 'vitest';
import { isOffered } from '../../../domain/machines/index.js';
import { EXCHANGE_TYPES, type ExchangeType } from '../../../domain/vocabulary.js';
import { disclosed, formalRequest, open, setStage } from '../../domain/machines/stage.js';
import { checked, happens, picking } from './replayed.js';

const NOTHING = { contradicted: [], unchecked: [] };
/** Said of an honest gateway too: what the side that asks owes stays where an entry of before had it, and the client has the newest alone. */
const isKept = (line: string): boolean => line.endsWith('as one may be that was counted by an earlier entry');

const part = (id: string) => ({ id, assistanceType: 'COMPANY_RECORDS', coercive: false });
const IN_PARTS: ReadonlySet<ExchangeType> = new Set(['FORMAL_MLA_REQUEST', 'CIVIL_ADMIN_REQUEST']);

it.each(EXCHANGE_TYPES.filter(isOffered))(
  'follows all that an honest gateway shows of %s',
  async (type) => {
    for (const seed of [5, 6]) {
      const pick = picking(seed);
      const stage = await setStage(type, seed);
      for (const actor of ['R', 'Q'] as const) await formalRequest(stage, actor);
      await disclosed(stage);
      const run = await open(stage, IN_PARTS.has(type) && seed > 5 ? { parts: [part('a'), part('b')] } : {});
      const past: string[] = [];
      for (let turn = 0; turn < 25; turn += 1) {
        past.push(await happens(run, pick));
        const { contradicted, unchecked } = await checked(run);
        expect({ contradicted, unchecked: unchecked.filter((line) => !isKept(line)), past }).toEqual({ ...NOTHING, past });
      }
    }
  },
  180_000,
);
