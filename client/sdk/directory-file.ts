/**
 * The directory as a file that people exchange and look through. Reading one changes nothing: it says which designations the operator
 * would sign and which root fingerprints are still to be compared.
 */
import { z } from 'zod';
import type { Authority } from '../../domain/authority.js';
import { seatsOf } from '../../domain/seats.js';
import type { AuthorityId } from '../../domain/ids.js';
import { present } from '../../domain/present.js';
import { no, ok, type Result } from '../../domain/result.js';
import { confirmedAt, isStale } from '../../domain/staleness.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import { AUTHORITY_TYPES, NETWORK_SEATS, NETWORKS, type Network, type NetworkSeat, type Seat } from '../../domain/vocabulary.js';
import { declarations } from '../../domain/wire/declarations.js';
import { authorityId, code, keyId } from '../../domain/wire/primitives.js';
import { formatCsv, parseCsv } from './csv.js';
import { visibleLine } from './visible.js';
import type { DirectoryView } from './directory.js';
import type { DesignationFacts } from './register.js';

const DIRECTORY_FILE_CHARS_MAX = 4 * 1024 * 1024;
const ROWS_MAX = 10_000;
/** in a cell */
const SEPARATOR = ' ';

const LISTS = ['types', 'succeeds', 'languages', 'networks', 'channels'] as const;
/** What the authority's own entry says, or this client found: shown, and not taken from a file. */
const SHOWN = ['name', 'territory', 'compared', 'languages', 'clearance', 'timeZone', 'channels', 'confirmedAt', 'validUntil', 'stale'];
const COLUMNS = ['authority', 'name', 'territory', 'types', 'networks', 'standing', 'reason', 'root', 'succeeds', ...SHOWN.slice(2)];

type Cell = string | boolean | readonly string[] | null;

/** One row an authority; `declares` and agreements are in the JSON alone. */
export function exportDirectory(view: DirectoryView, now: Instant) {
  const { directory, epoch } = view;
  const authorities = [...directory.authorities.values()].map((authority) => ({
    ...rowOf(authority, view, now),
    declares: Object.fromEntries(Object.entries(authority.entry ?? {}).filter(([key]) => Object.hasOwn(declarations, key))),
  }));
  const agreements = [...directory.agreements.values()].map(({ at, agreement, kind, parties, from, until, profiles }) => ({
    agreement,
    kind,
    parties,
    from,
    ...present({ until }),
    profiles,
    registeredAt: formatInstant(at),
  }));
  return { v: 1 as const, epoch, authorities, agreements };
}

function rowOf(authority: Authority, { directory, pins }: DirectoryView, now: Instant) {
  const { id, root, standing, designatedTypes, entry } = authority;
  const seats = seatsOf(authority);
  return {
    authority: id,
    name: entry?.name ?? null,
    territory: entry?.territory ?? null,
    types: designatedTypes,
    standing,
    root,
    succeeds: [...directory.successors].flatMap(([before, after]) => (after === id ? [before] : [])),
    compared: pins[id] === root,
    languages: entry?.languages ?? [],
    clearance: entry?.clearance ?? null,
    timeZone: entry?.timeZone ?? null,
    networks: seats.map(({ network, seat }) => `${network}:${seat}`),
    channels: entry?.requirements?.channels ?? [],
    confirmedAt: entry === null ? null : formatInstant(confirmedAt(entry)),
    validUntil: entry === null ? null : formatInstant(entry.validUntil),
    stale: entry !== null && isStale(entry, now),
  };
}

const cellText = (cell: Cell | undefined): string =>
  cell === null || cell === undefined ? '' : visibleLine(Array.isArray(cell) ? cell.join(SEPARATOR) : String(cell));

export const directoryCsv = ({ authorities }: { readonly authorities: readonly Record<string, unknown>[] }): string =>
  formatCsv([COLUMNS, ...authorities.map((row) => COLUMNS.map((column) => cellText(row[column] as Cell | undefined)))]);

const seatText = z.templateLiteral([z.enum(NETWORKS), ':', z.enum(NETWORK_SEATS)]);

const seatOf = (text: z.output<typeof seatText>): Seat => {
  const [network, seat] = text.split(':') as [Network, NetworkSeat];
  return { network, seat };
};

const rowSchema = z
  .strictObject({
    authority: authorityId,
    root: keyId,
    types: z.array(z.enum(AUTHORITY_TYPES)).min(1).max(8),
    networks: z.array(seatText).max(16).default([]),
    standing: z.enum(['ACTIVE', 'SUSPENDED', 'OBSERVER']).default('ACTIVE'),
    reason: code.optional(),
    succeeds: z.array(authorityId).max(8).default([]),
    declares: z.unknown().optional(),
    ...Object.fromEntries(SHOWN.map((name) => [name, z.unknown().optional()])),
  })
  .refine(({ standing, reason }) => standing !== 'SUSPENDED' || reason !== undefined, {
    path: ['reason'],
    message: 'a suspension says why',
  });

interface ReadRow {
  /** for people: `line 7`, `authorities[3]` */
  readonly place: string;
  readonly facts: DesignationFacts & { readonly authority: AuthorityId; readonly succeeds: readonly AuthorityId[] };
}

/** @returns every row, or every problem with its place */
export function readDirectoryFile(text: string, format: 'csv' | 'json'): Result<readonly ReadRow[], readonly string[]> {
  if (text.length > DIRECTORY_FILE_CHARS_MAX) return no([`the file: more than ${DIRECTORY_FILE_CHARS_MAX} characters`]);
  const raw = format === 'csv' ? rawOfCsv(text) : rawOfJson(text);
  if (!raw.ok) return raw;
  if (raw.value.length > ROWS_MAX) return no([`the file: more than ${ROWS_MAX} authorities`]);
  const problems: string[] = [];
  const rows: ReadRow[] = [];
  const places = new Map<string, string>();
  for (const { place, row } of raw.value) {
    const read = rowSchema.safeParse(row);
    if (!read.success) {
      problems.push(...read.error.issues.map((issue) => `${place}: ${issue.path.join('.') || 'row'}: ${issue.message}`));
      continue;
    }
    const { authority, root, types, standing, reason, succeeds } = read.data;
    const networks = read.data.networks.map(seatOf);
    const before = places.get(authority);
    if (before !== undefined) problems.push(`${place}: ${authority} stands in ${before} already`);
    places.set(authority, place);
    const said = { ...(networks.length === 0 ? {} : { networks }), ...present({ reason }) };
    rows.push({ place, facts: { authority, root, types, status: standing, ...said, succeeds } });
  }
  return problems.length === 0 ? ok(rows) : no(problems);
}

interface RawRow {
  readonly place: string;
  readonly row: unknown;
}

function rawOfCsv(text: string): Result<readonly RawRow[], readonly string[]> {
  const parsed = parseCsv(text);
  if (!parsed.ok) return no([parsed.error]);
  const [head, ...records] = parsed.value;
  if (head === undefined) return no(['line 1: no heading']);
  const unknown = head.cells.filter((name) => !COLUMNS.includes(name));
  if (unknown.length > 0) return no(unknown.map((name) => `line ${head.line}: no column is called ${JSON.stringify(name.slice(0, 40))}`));
  if (new Set(head.cells).size !== head.cells.length) return no([`line ${head.line}: one column twice`]);
  const long = records.filter(({ cells }) => cells.length !== head.cells.length);
  if (long.length > 0) return no(long.map(({ line, cells }) => `line ${line}: ${cells.length} cells under ${head.cells.length} headings`));
  return ok(
    records.map(({ line, cells }) => ({
      place: `line ${line}`,
      row: Object.fromEntries(head.cells.flatMap((name, i) => (cells[i] === '' ? [] : [[name, valueOf(name, cells[i]!)]]))),
    })),
  );
}

const valueOf = (name: string, cell: string): string | string[] =>
  LISTS.some((list) => list === name) ? cell.split(SEPARATOR).filter((one) => one !== '') : cell;

function rawOfJson(text: string): Result<readonly RawRow[], readonly string[]> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return no(['the file: no JSON']);
  }
  const shaped = z.object({ authorities: z.array(z.unknown()) }).safeParse(json);
  if (!shaped.success) return no(['the file: no list called authorities']);
  return ok(shaped.data.authorities.map((row, i) => ({ place: `authorities[${i}]`, row })));
}

export interface Proposal {
  readonly place: string;
  readonly change: 'NEW' | 'CHANGED';
  readonly facts: DesignationFacts;
}

export interface ImportPlan {
  /** for the operator to sign, one by one */
  readonly proposals: readonly Proposal[];
  /** for everybody: fingerprints that were not compared yet, to be compared by another way than this file */
  readonly toCompare: readonly { readonly authority: AuthorityId; readonly root: string }[];
  readonly unchanged: number;
}

/** What a file would change. @returns every row whose root is another than the directory's, or than the one that was compared */
export function planImport(rows: readonly ReadRow[], view: DirectoryView): Result<ImportPlan, readonly string[]> {
  const { directory, pins } = view;
  const problems: string[] = [];
  const proposals: Proposal[] = [];
  for (const { place, facts } of rows) {
    const known = directory.authorities.get(facts.authority);
    const pinned = pins[facts.authority];
    if (known !== undefined && known.root !== facts.root) problems.push(`${place}: ${facts.authority} has another root in the directory`);
    else if (pinned !== undefined && pinned !== facts.root) problems.push(`${place}: another root of ${facts.authority} was compared`);
    else if (known === undefined) proposals.push({ place, change: 'NEW', facts });
    else if (!isAsSaid(known, facts, view)) {
      // seats stay as they are: the column shows those that count, and not those that the operator named
      const { networks: _networks, ...changed } = facts;
      proposals.push({ place, change: 'CHANGED', facts: changed });
    }
  }
  if (problems.length > 0) return no(problems);
  const toCompare = rows.flatMap(({ facts: { authority, root } }) => (pins[authority] === undefined ? [{ authority, root }] : []));
  return ok({ proposals, toCompare, unchanged: rows.length - proposals.length });
}

function isAsSaid({ id, standing, designatedTypes }: Authority, facts: ReadRow['facts'], { directory }: DirectoryView): boolean {
  const before = [...directory.successors].flatMap(([was, now]) => (now === id ? [was] : []));
  const same = (a: readonly string[], b: readonly string[]): boolean => [...a].sort().join() === [...b].sort().join();
  return standing === facts.status && same(designatedTypes, facts.types) && same(before, facts.succeeds);
}
