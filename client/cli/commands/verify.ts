import { Command } from 'commander';
import type { VerifierKey } from '../../../crypto/note-key.js';
import { present } from '../../../domain/present.js';
import { receiptAnswer } from '../../../domain/wire/http-answers.js';
import type { ReceiptBody } from '../../../domain/receipt.js';
import type { Result } from '../../../domain/result.js';
import {
  parseWitnessPins,
  ParleyError,
  receiptOf,
  verifyEvidenceFile,
  verifyReceipt,
  type EvidenceReport,
  type EvidenceTrust,
} from '../../sdk/index.js';
import { authority, keyId, listOf, verifierKey, whole } from '../arguments.js';
import { textIn } from '../given-file.js';
import { openReadAt } from '../read-at.js';
import { bulleted, wrapped } from '../wrapped.js';
import type { Workplace } from '../workplace.js';

interface Given {
  readonly root?: readonly Root[];
  readonly log?: VerifierKey;
  readonly witness?: readonly string[];
  readonly quorum?: number;
}

/** `authority` null: of the authority that made the file */
interface Root {
  readonly authority: string | null;
  readonly kid: string;
}

/** A file of evidence is checked offline, and a receipt where the log's key is given; else with the gateway's pinned key, and its inclusion as well. */
export const verifyCommands = (workplace: Workplace): Command[] => [
  new Command('verify')
    .description('check a file of evidence without asking anybody; or a receipt, and that the log holds what it says')
    .argument('<file>', 'a file of `parley evidence`; or JSON: a receipt, or an answer of --json that holds one')
    .option(
      '--root <fingerprint>',
      'of the authority that made the evidence; CODE=FINGERPRINT of another one, or of a former root (repeatable)',
      listOf(rootOf),
    )
    .option(
      '--log <vkey>',
      'verifier key of the log; without it the maker’s word is taken, and a receipt is asked about at the gateway',
      verifierKey,
    )
    .option('--witness <vkey>', 'verifier key of a witness that you believe (repeatable)', listOf(String))
    .option('--quorum <k>', 'how many of them must have cosigned', whole)
    .action(async (file: string, given: Given) => {
      if (await isZip(file)) await verifyEvidence(workplace, file, trustOf(given));
      else await verifyReceiptFile(workplace, file, given);
    }),
];

async function isZip(path: string): Promise<boolean> {
  const file = await openReadAt(path);
  try {
    // a file that is cut after a byte or two is still to be called broken
    const begins = new TextDecoder('latin1').decode(await file.read(0, Math.min(4, file.size)));
    return begins !== '' && 'PK\u0003\u0004'.startsWith(begins);
  } finally {
    await file.close();
  }
}

function rootOf(text: string): Root {
  const at = text.indexOf('=');
  return at === -1 ? { authority: null, kid: keyId(text) } : { authority: authority(text.slice(0, at)), kid: keyId(text.slice(at + 1)) };
}

function trustOf({ root = [], log, witness = [], quorum = witness.length === 0 ? 0 : witness.length }: Given): EvidenceTrust {
  const own = root.filter(({ authority }) => authority === null);
  if (own.length !== 1)
    throw new ParleyError(
      'ROOT_NEEDED',
      'Whose evidence it is, the file cannot say of itself.',
      'Give the maker’s root fingerprint, got another way, once and without its code: --root FINGERPRINT.',
    );
  const roots = new Map<string, readonly string[]>();
  for (const { authority: whose, kid } of root) if (whose !== null) roots.set(whose, [...(roots.get(whose) ?? []), kid]);
  const pins = witness.length === 0 && quorum === 0 ? {} : parseWitnessPins(witness, quorum);
  return { root: own[0]!.kid, roots, ...present({ log }), ...pins };
}

/** @throws ParleyError with the code of the first thing that is wrong, after all that held was said */
async function verifyEvidence({ out }: Workplace, path: string, trust: EvidenceTrust): Promise<void> {
  const file = await openReadAt(path);
  try {
    const report = await verifyEvidenceFile(file, trust);
    out.say(report, () => linesOf(report));
    if (report.wrong === null) return;
    const { code, meaning, where, detail } = report.wrong;
    throw new ParleyError(
      code,
      `${where}: ${meaning}${detail === '' ? '' : ` (${detail})`}.`,
      code === 'VERSION_OLDER'
        ? 'Nothing in it was checked, nor who made it: do not rely on it before that was done.'
        : 'Do not rely on it; ask who gave it to you.',
    );
  } finally {
    await file.close();
  }
}

const linesOf = ({ about, checks, remarks, wrong }: EvidenceReport): string => {
  const ended =
    wrong === null
      ? 'Everything that is in it holds. It supports verification; admissibility is the court’s.'
      : `WRONG: ${wrong.code}. The check ended there.`;
  const what =
    about === null
      ? 'What it is evidence of was not read.'
      : `Evidence of exchange ${about.exchange}, made by ${about.authority} at ${about.madeAt} from the log ${about.log}.`;
  const held = checks.length === 0 ? [] : ['Checked, and it holds:', ...checkLines(checks)];
  return [...wrapped(what, ''), ...held, ...[...remarks, ended].flatMap((line) => wrapped(line, ''))].join('\n');
};

/** What holds of many in the same words is said once, in the columns of a terminal. */
function checkLines(checks: EvidenceReport['checks']): string[] {
  const alike = new Map<string, (typeof checks)[number][]>();
  for (const one of checks) alike.set(`${one.check} ${one.held}`, [...(alike.get(`${one.check} ${one.held}`) ?? []), one]);
  return [...alike.values()].flatMap((all) => {
    const { check, held } = all[0]!;
    return bulleted(`${check} ${all.map(({ about }) => about).join(', ')}: ${held}`);
  });
}

/** @returns nothing for what is no JSON, whose words are nobody's business; of an answer also which statement it says was handed in */
async function receiptIn(path: string): Promise<{ readonly receipt?: unknown; readonly statement?: unknown }> {
  try {
    const json = JSON.parse(await textIn(path)) as { receipt?: unknown; statement?: unknown } | null;
    return json?.receipt === undefined ? { receipt: json } : json;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof ParleyError && error.code === 'TEXT_UNREADABLE')) return {};
    throw error;
  }
}

/** With the log's key nobody is asked, and no key store is needed: whether the log holds it is proved by the gateway alone. */
async function verifyReceiptFile(workplace: Workplace, file: string, { log, ...ofEvidence }: Given): Promise<void> {
  const found = await receiptIn(file);
  const statement = typeof found.statement === 'string' ? found.statement : undefined;
  const read = receiptAnswer.safeParse(found.receipt);
  if (!read.success)
    throw new ParleyError(
      'MALFORMED',
      `${file} is no file of evidence, and holds no receipt.`,
      'A report proves nothing by itself: make a file of evidence with parley evidence EXCHANGE. A receipt is kept as `parley --json send` answers it.',
    );
  const [other] = Object.keys(ofEvidence);
  if (other !== undefined)
    throw new ParleyError(
      'OF_EVIDENCE',
      `${file} holds a receipt, of which --${other} says nothing: no root and no witness signs one.`,
      'Leave it out: --log names whose receipt it should be. What witnesses cosigned, a file of evidence shows: parley evidence EXCHANGE.',
    );
  const receipt = receiptOf(read.data);
  if (log !== undefined) {
    const body = signedBody(await verifyReceipt(receipt, { origin: log.name, publicKey: log.publicKey }, statement));
    workplace.out.say({ ...body, included: null }, () => [signedWords(body), 'Whether the log holds it was not asked.'].join('\n'));
    return;
  }
  const client = await workplace.connect().catch(withoutStore);
  const body = signedBody(await client.verifyReceipt(receipt, statement));
  const proof = await client.proveInclusion(body);
  workplace.out.say({ ...body, included: proof.ok, ...(proof.ok ? { checkpoint: proof.value } : { why: proof.error }) }, () =>
    [signedWords(body), proof.ok ? 'The log holds it: proved against its signed checkpoint.' : `Not proved yet: ${proof.error}.`].join(
      '\n',
    ),
  );
}

const signedWords = ({ stage, outcome, statement, index, at, log }: ReceiptBody): string =>
  `The gateway signed: statement ${statement} was ${stage} (${outcome}) at ${at}, place ${index} of log ${log}.`;

/** @throws ParleyError `RECEIPT_INVALID` */
function signedBody(body: Result<ReceiptBody, string>): ReceiptBody {
  if (body.ok) return body.value;
  throw new ParleyError('RECEIPT_INVALID', `It does not verify: ${body.error}.`, 'Do not rely on it; ask who gave it to you.');
}

/** Whoever takes no part need not, to check a receipt. */
function withoutStore(error: unknown): never {
  if (!(error instanceof ParleyError) || error.code !== 'NOT_ENROLLED') throw error;
  throw new ParleyError(
    error.code,
    error.what,
    'Without one, name the log whose receipt it should be: --log VERIFIER-KEY, got another way.',
  );
}
