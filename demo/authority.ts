/** One authority of a story, as a process of its own: acts come over the channel that it was forked with, and it ends with it. */
import { randomBytes } from 'node:crypto';
import { createOutput } from '../client/cli/output.js';
import { createWorkplace } from '../client/cli/workplace.js';
import { createFolder } from '../client/durable-file.js';
import { ParleyClient, PolicyRefusal, type Grounds, type Receipt, type Violation } from '../client/sdk/index.js';
import { createActs, type Acts } from './acts.js';
import { createStoryClock } from './clock.js';
import { wordsOf } from './words.js';

export type Ask =
  { readonly offsetMs: number } | { readonly id: number; readonly act: keyof Acts; readonly args: unknown; readonly bold: boolean };

/** What the gateway answered when it said no. */
export interface Refused {
  readonly code: string;
  /** what is wrong, in a sentence */
  readonly what: string;
  readonly status: number;
  readonly violations: readonly Violation[];
  /** of what came before the law was asked; null: the violations have theirs */
  readonly grounds: Grounds | null;
  readonly receipt: Receipt | null;
  /** place of the refusal in the log; null where it earned no leaf */
  readonly index: number | null;
}

export type Told = { readonly id: number } & ({ readonly value: unknown } | { readonly refused: Refused } | { readonly failed: string });

type Act = (args: unknown, bold: boolean) => Promise<unknown>;

/** scrypt costs 2^4 here, because the passphrase lies beside the key stores; the standard is fit for use. */
const SCRYPT_LOG_N = '4';

/** @param home folder of key stores, one a profile, as the command line has them */
async function main(home: string, profile: string, passphraseFile: string, folder: string): Promise<void> {
  await createFolder(folder);
  const clock = createStoryClock();
  const environment = {
    PARLEY_HOME: home,
    PARLEY_PROFILE: profile,
    PARLEY_PASSPHRASE_FILE: passphraseFile,
    PARLEY_SCRYPT_LOG_N: SCRYPT_LOG_N,
  };
  // what it has to say goes back over the channel
  const silent = createOutput(() => true, { answer: () => undefined, complaint: () => undefined });
  const workplace = createWorkplace(environment, () => ({}), silent);
  const store = await workplace.createStore((made) => Promise.resolve(made));
  const chance = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
  let origin = '';
  let steady: Promise<ParleyClient> | null = null;
  const connect = (refusesLocally: boolean) => ParleyClient.connect({ origin, fetch, store, clock, chance, refusesLocally });
  const acts = createActs({
    store,
    clock,
    chance,
    folder,
    client: (bold = false) => (bold ? connect(false) : (steady ??= connect(true))),
    reach(to) {
      origin = to;
      return workplace.setGateway(to);
    },
  }) as Record<keyof Acts, Act>;

  process.on('message', (ask: Ask) => {
    if ('offsetMs' in ask) return clock.shift(ask.offsetMs);
    void answer(acts[ask.act], ask, () => steady).then((told) => process.send?.(told));
  });
  process.on('disconnect', () => process.exit(0));
  // the story's own process decides when it ends
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
}

async function answer(
  act: Act,
  { id, args, bold }: Extract<Ask, { act: unknown }>,
  client: () => Promise<ParleyClient> | null,
): Promise<Told> {
  try {
    return { id, value: await act(args, bold) };
  } catch (error) {
    if (error instanceof PolicyRefusal) return { id, refused: await refusedBy(error, await client()) };
    return { id, failed: wordsOf(error) };
  }
}

async function refusedBy(
  { code, what, status, violations, grounds, receipt }: PolicyRefusal,
  client: ParleyClient | null,
): Promise<Refused> {
  const body = receipt === null || client === null ? null : await client.verifyReceipt(receipt);
  return { code, what, status, violations, grounds, receipt, index: body?.ok ? body.value.index : null };
}

const [home, profile, passphraseFile, folder] = process.argv.slice(2);
try {
  await main(home!, profile!, passphraseFile!, folder!);
} catch (error) {
  process.stderr.write(`${profile}: ${wordsOf(error)}\n`);
  process.exit(1);
}
