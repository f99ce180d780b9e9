/**
 * The exchange as a person reads it: who, what and when by log time; of a refusal its rules and codes. It is made of what was checked and
 * of nothing else, so that whoever checks the file makes it again and compares. Content-free: ids, codes and dates.
 */
import type { EvidenceManifest } from '../../../domain/wire/evidence.js';
import type { StatementOf } from '../../../domain/statement.js';
import { formatInstant } from '../../../domain/time.js';
import { itemsOf } from '../report/question.js';
import { readStatementOf } from '../statements.js';
import { NO_STATEMENT, type ReadLeaf } from './dossier.js';

interface Row {
  readonly at: string;
  readonly index: string;
  readonly who: string;
  readonly what: string;
  readonly outcome: string;
  /** whose signature over it is in the file, or that there is none */
  readonly word: string;
  readonly about: readonly string[];
}

/** The signed statements in the file, by digest. */
type Signed = Pick<ReadonlyMap<string, string>, 'has' | 'get'>;

/** What the author itself signed: that it was accepted, refused or answered is the log's word on any row, and a delivery is nothing else. */
const SAID_BY_AUTHOR: ReadonlySet<string> = new Set(['accepted', 'refused', 'accessed']);

const wordOf = ({ body, event }: ReadLeaf, signed: Signed): string =>
  SAID_BY_AUTHOR.has(body.stage) && signed.has(body.statement) ? `signed by ${event.actor.authority}, here` : 'the log’s word';

/** A change of label whose acceptance its holder does not see: its delivery alone tells of it, and the statement what it says. */
function changeIn({ body }: ReadLeaf, leaves: readonly ReadLeaf[], signed: Signed): StatementOf<'parley-label+json'>['payload'] | null {
  const isAccepted = leaves.some((one) => one.body.statement === body.statement && one.body.stage === 'accepted');
  const read = body.stage === 'delivered' && !isAccepted ? readStatementOf('parley-label+json', signed.get(body.statement) ?? '') : null;
  return read?.ok === true ? read.value.payload : null;
}

const rowOf =
  (signed: Signed, leaves: readonly ReadLeaf[]) =>
  (leaf: ReadLeaf): Row => {
    const change = changeIn(leaf, leaves, signed);
    const { index, body, event } = leaf;
    const { actor, action, object, counterparty, purpose, justification, basis, legalBasis, rules, codes, consents } = event;
    const said = (name: string, value: string | undefined): string[] => (value === undefined || value === '' ? [] : [`${name} ${value}`]);
    return {
      at: body.at,
      index: String(index),
      who:
        actor.officer === undefined
          ? actor.authority
          : `${actor.authority} ${actor.officer}${actor.role === undefined ? '' : ` (${actor.role})`}`,
      what: [action, object.message ?? '', counterparty === undefined ? '' : `→ ${counterparty}`].filter((word) => word !== '').join(' '),
      outcome: `${body.stage} ${body.outcome}`,
      word: change === null ? wordOf(leaf, signed) : `signed by ${change.originator}, here`,
      about: [
        ...said('statement', body.statement === NO_STATEMENT ? undefined : body.statement),
        ...(change === null ? itemsOf(event) : [change.item]).flatMap((item) => said('item', item)),
        ...said('change of label', change?.change),
        ...said('purpose', purpose),
        ...said('legal basis', legalBasis.join(', ')),
        ...said('justification', justification),
        ...said('basis', basis),
        ...said('consents', consents.join(', ')),
        ...said('rules', rules.join(', ')),
        ...said('codes', codes.join(', ')),
      ],
    };
  };

const titleOf = (manifest: EvidenceManifest): string => `Exchange ${manifest.exchange} as ${manifest.authority} may see it`;
const noteOf = (manifest: EvidenceManifest): string =>
  `Log ${manifest.aud}; made ${formatInstant(manifest.at)}. Times are the log's own. It shows what is in this file: that nothing else happened, it does not show.`;

export function timelineText(manifest: EvidenceManifest, leaves: readonly ReadLeaf[], signed: Signed): string {
  const lines = leaves
    .map(rowOf(signed, leaves))
    .flatMap(({ at, index, who, what, outcome, word, about }) => [
      `${at}  #${index}  ${who}  ${what}  ${outcome}  ${word}`,
      ...about.map((line) => `    ${line}`),
    ]);
  return [titleOf(manifest), noteOf(manifest), '', ...lines, ''].join('\n');
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign]!);

const COLUMNS = ['log time', 'place', 'who', 'what', 'outcome', 'whose word', 'about'];

/** On a screen the table alone scrolls, and on a narrow one each row is a block; a digest stands on one line, and on paper in a row that is not torn. */
const STYLE = [
  ':root{color-scheme:light dark}',
  'body{font:14px/1.4 sans-serif;overflow-wrap:break-word}',
  'h1{font-size:1.4em}',
  'div{overflow-x:auto}',
  'table{border-collapse:collapse}',
  'td,th{border:1px solid #888;padding:.3em;text-align:left;vertical-align:top}',
  'tbody th{font-weight:normal}',
  'td:last-child{font:12px/1.4 monospace;min-width:54ch;overflow-wrap:anywhere}',
  '.no{background:#fdd;color:#000}',
  '@media screen and (max-width:70em){thead{position:absolute;width:1px;overflow:hidden;clip-path:inset(50%)}table,tbody,tr,td,tbody th{display:block}',
  'tr{border:1px solid #888;margin-bottom:.5em}td,tbody th{border:0;padding:.1em .3em}tbody th::before{content:"#"}td:last-child{min-width:0}}',
  '@page{size:landscape}',
  '@media print{body{font-size:11px}div{overflow:visible}tr{break-inside:avoid}td:last-child{font-size:9px}}',
].join('');

/** One page without scripts, styles from elsewhere, or links. */
export function timelineHtml(manifest: EvidenceManifest, leaves: readonly ReadLeaf[], signed: Signed): string {
  const cell = (text: string): string => `<td>${escaped(text)}</td>`;
  const rows = leaves.map(rowOf(signed, leaves)).map(({ at, index, who, what, outcome, word, about }) => {
    const isRefusal = outcome.endsWith('DENY');
    const cells = [cell(at), `<th scope="row">${index}</th>`, ...[who, what, outcome, word].map(cell)];
    return `<tr${isRefusal ? ' class="no"' : ''}>${cells.join('')}<td>${about.map(escaped).join('<br>')}</td></tr>`;
  });
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    `<title>${escaped(titleOf(manifest))}</title><style>${STYLE}</style></head><body><main>`,
    `<h1>${escaped(titleOf(manifest))}</h1><p>${escaped(noteOf(manifest))}</p>`,
    '<div role="region" aria-label="timeline" tabindex="0"><table><thead><tr>',
    ...COLUMNS.map((column) => `<th scope="col">${column}</th>`),
    '</tr></thead><tbody>',
    ...rows,
    '</tbody></table></div></main></body></html>',
    '',
  ].join('\n');
}
