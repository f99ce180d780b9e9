/** Story 10, officers and operators: who may look at what, and what is there to look at. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActArgs } from '../actor.js';
import { OPERATOR } from '../directory.js';
import type { Stage } from '../stage.js';
import type { Given } from './exchange.js';
import { PSEUDONYM, WORDS } from './facts.js';

type Admission = Omit<ActArgs<'admit'>, 'card'>;
const OP = OPERATOR.authority;

/** Keys made on the officer's own machine; the authority's root lists them. @returns the card, to be listed again otherwise */
export async function joins(stage: Stage, who: string, authority: string, officer: string, seat: Admission) {
  const card = await stage.does(who, 'join', { authority, officer, root: stage.rootOf(authority) });
  await stage.does(authority, 'admit', { ...seat, card });
  await stage.does(who, 'connect', { origin: stage.gateway.origin, roots: stage.roots });
  return card;
}

export async function triesAsCompliance(stage: Stage, { item, via }: Given): Promise<void> {
  await joins(stage, 'KE-CMP', 'KE-EXT', 'o-cmp', { roles: ['COMPLIANCE'], desks: [], clearance: 'RESTRICTED' });
  stage.tell({
    mark: '',
    who: 'KE-EXT',
    whom: 'directory',
    what: 'lists its compliance officer, KE-CMP: it reads the log, sits at no desk and has no desk key.',
  });
  await stage.isRefused(
    'c',
    {
      mark: '(c)',
      who: 'KE-CMP',
      whom: 'item 7',
      what: 'tries to open the content of item 7. Oversight reads the log, never what was written.',
    },
    'open',
    { item, via, purpose: 'EXTRADITION' },
  );
  const refusals = await stage.does('KE-CMP', 'ownRefusals', {});
  stage.tell(
    { mark: '', who: 'KE-CMP', whom: 'its own log', what: 'reads what it is there for: what its authority tried, and was refused.' },
    [`${refusals.length} refusals, each with its codes: ${refusals.map(({ codes }) => codes.join(' + ')).join('; ')}`],
  );
  stage.holds(
    'logOfKe',
    refusals.map(({ codes }) => codes),
  );
}

/** The operator as what it is: designated by itself, listed with the role OPERATOR, holder of no desk key of anybody's. */
export async function triesAsOperator(stage: Stage, { item, via }: Given): Promise<void> {
  const { root } = await stage.does(OP, 'ownRoot', {});
  const own = { authority: OP, root };
  await stage.does(OP, 'designate', { ...own, types: ['OPERATOR'] });
  await stage.does(OP, 'connect', { origin: stage.gateway.origin, roots: [...stage.roots, own] });
  await stage.does(OP, 'publish', ENTRY);
  const { index } = await stage.isRefused(
    'd',
    { mark: '(d)', who: OP, whom: 'item 7', what: 'tries to open item 7 over the API, under its own name.' },
    'open',
    { item, via, purpose: 'EXTRADITION' },
  );
  const { found, control, files } = await searches(join(stage.folder, 'gateway'));
  stage.holds('wordsFoundOnServer', found);
  stage.holds('metadataFoundOnServer', control);
  const routes = await routesAboutKeys(stage.gateway.origin);
  stage.holds('routesAboutKeys', routes);
  const { status } = await fetch(`${stage.gateway.origin}/v1/keys/KE-EXT`);
  stage.holds('askedForKeys', status);
  stage.tell({ mark: '', who: OP, whom: 'its own disk', what: 'has the whole database, and searches it for what was said.' }, [
    `${files} files of the server, searched for ${SEALED.length} phrases, plain and in every base64: none is there. What it can see are ids and codes, such as KE-EXT`,
    'no key is there to be exported: content keys are sealed to desk keys, and what it keeps of desk secrets is wrapped to the officers’ own keys',
    `of the API's own list these routes have to do with keys, public ones and wrapped ones: ${routes.join(', ')}; a route that hands out secrets is not there (HTTP ${status})`,
    `a seal leaves the server to its reader alone, by /v1/access: to try that is all the export there is to try, and the try is leaf ${index}`,
  ]);
}

const ENTRY: ActArgs<'publish'> = {
  name: 'Operator of the stories',
  territory: 'CH',
  types: ['OPERATOR'],
  languages: ['en'],
  clearance: 'PUBLIC',
  timeZone: 'Europe/Zurich',
  presumedConsent: [],
  roles: ['OPERATOR'],
};

const SEALED = [PSEUDONYM, ...Object.values(WORDS)];

/** A phrase wherever in the bytes it stands: as text, or in base64 at each of its three offsets. */
function spellings(phrase: string): Buffer[] {
  const encoded = [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(phrase)]);
    // the first and last characters depend on what stands beside the phrase
    const inner = (text: string): Buffer => Buffer.from(text.slice(offset === 0 ? 0 : 4, -4));
    return [inner(bytes.toString('base64')), inner(bytes.toString('base64url'))];
  });
  return [Buffer.from(phrase), ...encoded];
}

/** @returns which phrases stand in any file below the folder; and whether a code that is no secret was found, so that the search works */
async function searches(folder: string): Promise<{ readonly found: string[]; readonly control: boolean; readonly files: number }> {
  const bytes = await filesIn(folder);
  const stands = (phrase: string): boolean => spellings(phrase).some((spelt) => bytes.some((file) => file.includes(spelt)));
  return { found: SEALED.filter(stands), control: stands('EXTRADITION_CONSULTATION') && stands('KE-EXT'), files: bytes.length };
}

/** A server that lives gives a new checkpoint its name at any moment: what was listed under another is looked for once more. */
async function filesIn(folder: string): Promise<Buffer[]> {
  try {
    const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    return await Promise.all(names.map(({ parentPath, name }) => readFile(join(parentPath, name))));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return filesIn(folder);
  }
}

/** From the description that the gateway gives of itself. */
async function routesAboutKeys(origin: string): Promise<string[]> {
  const description = (await (await fetch(`${origin}/openapi.json`)).json()) as { readonly paths: Readonly<Record<string, unknown>> };
  return Object.keys(description.paths)
    .filter((path) => /key|secret|export|private/i.test(path))
    .sort();
}
