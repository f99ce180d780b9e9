/** A stage for one story: a fresh gateway, the cast enrolled over HTTP, one clock for all, and the expectations that it is held to. */
import { DAY_MS, MINUTE_MS, verifyProofAnswer, verifyReceipt, type PinnedGateway, type Receipt } from '../client/sdk/index.js';
import { codesOf, startActor, StoryFailed, type ActArgs, type ActName, type Actor, type ActValue } from './actor.js';
import type { Refused } from './authority.js';
import { OPERATOR } from './directory.js';
import type { Expected } from './expected.js';
import { startGateway, type Gateway } from './gateway.js';
import type { Line, Printer } from './print.js';
import { gatewayFolder, keepOperator, makeHomes, makeKeys, publishDirectory, shiftAll, SUITES, timeText } from './set-up.js';

export interface StageFacts {
  readonly folder: string;
  /** 0: a free one */
  readonly port: number;
  readonly cast: readonly string[];
  /** stand in the directory too, and take no part: they replace their keys on the last day only */
  readonly bystanders: readonly string[];
  /** processes that are in no directory entry when the story begins: officers who join in the course of it, the operator */
  readonly further?: readonly string[];
  /** how long the story lasts: its clock starts as far in the past, and is system time at its end */
  readonly days: number;
  /** civil date on which it begins instead, where dates matter: then its clock never is system time */
  readonly begins?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface Root {
  readonly authority: string;
  readonly root: string;
}

/** Who does it to whom, and what that means. */
export type Told = Omit<Line, 'day'>;

/** Encryption generations last 90 days: each is replaced before it ends. */
const TURN_DAYS = 88;
/** At which a story that begins on a named day begins. */
const OPENS_AT = '08:00:00Z';
/** A day's acts begin this long after the hour at which the story began, so that keys made in setting up are older. */
const SETTLE_MS = 10 * MINUTE_MS;

export class Stage {
  private day = 0;
  private turnedOn = 0;
  private readonly refused = new Set<string>();

  private constructor(
    readonly gateway: Gateway,
    private readonly print: Printer,
    private readonly expected: Expected,
    private readonly actors: ReadonlyMap<string, Actor>,
    private readonly pinned: PinnedGateway,
    /** fingerprints as they were compared, for whoever joins later */
    readonly roots: readonly Root[],
    private readonly startMs: number,
    private readonly facts: StageFacts,
  ) {}

  /** @throws StoryFailed with a sentence for whoever started it */
  static async open(facts: StageFacts, expected: Expected, print: Printer): Promise<Stage> {
    const { cast, bystanders, further = [], begins } = facts;
    const startMs = begins === undefined ? Date.now() - facts.days * DAY_MS : Date.parse(`${begins}T${OPENS_AT}`);
    const homes = await makeHomes(facts.folder);
    const operator = startActor(OPERATOR.authority, homes);
    const listed = new Map([...cast, ...bystanders].map((code) => [code, startActor(code, homes)]));
    const others = new Map(further.map((code) => [code, code === OPERATOR.authority ? operator : startActor(code, homes)]));
    const actors = new Map([...listed, ...others]);
    const everybody = [...new Set([operator, ...actors.values()])];
    let gateway: Gateway | null = null;
    try {
      for (const actor of everybody) actor.shift(startMs - Date.now());
      const { publicKey } = await operator.does('enrol', { ...OPERATOR, suites: SUITES });
      const starting = startGateway({
        folder: gatewayFolder(facts.folder),
        port: facts.port,
        operator: { authority: OPERATOR.authority, publicKey },
        at: timeText(startMs),
        environment: facts.environment,
      });
      const enrolling = Promise.all([...listed].map(async ([code, actor]) => ({ authority: code, root: await makeKeys(code, actor) })));
      // heard of where it is waited for
      enrolling.catch(() => undefined);
      gateway = await starting;
      print.note(`  the gateway listens at ${gateway.origin}; its log is empty`);
      const roots = await enrolling;
      print.note(`  ${roots.length} authorities have made their keys, each in its own process and key store`);
      await shiftAll(gateway, everybody, startMs + SETTLE_MS);
      const pinned = await publishDirectory(gateway.origin, operator, listed, roots);
      await keepOperator(facts.folder, publicKey);
      print.note(`  roots are compared, the operator has designated their owners, and each root has signed its own directory entry`);
      return new Stage(gateway, print, expected, actors, pinned, roots, startMs, facts);
    } catch (error) {
      for (const actor of everybody) actor.end();
      await gateway?.stop();
      throw error;
    } finally {
      // it has designated everybody, and unless the story says otherwise it has nothing to do with what they say to each other
      if (!others.has(OPERATOR.authority)) operator.end();
    }
  }

  actor(code: string): Actor {
    const actor = this.actors.get(code);
    if (actor === undefined) throw new RangeError(`${code} is not in the cast`);
    return actor;
  }

  /** fingerprint, as it was compared */
  rootOf(code: string): string {
    const root = this.roots.find(({ authority }) => authority === code)?.root;
    if (root === undefined) throw new RangeError(`the root of ${code} was never compared`);
    return root;
  }

  does<K extends ActName>(code: string, act: K, args: ActArgs<K>): Promise<ActValue<K>> {
    return this.actor(code).does(act, args);
  }

  /** Goes to a later day; desk keys turn on the way. */
  async toDay(day: number): Promise<void> {
    while (day - this.turnedOn > TURN_DAYS) {
      await this.moveTo(this.turnedOn + TURN_DAYS);
      await this.turnKeys(this.facts.cast);
    }
    await this.moveTo(day);
  }

  /** The story's last day is today: from here on its clock is system time. */
  async toToday(): Promise<void> {
    await this.toDay(this.facts.days);
    if (this.facts.bystanders.length > 0 && this.turnedOn > 0) await this.turnKeys(this.facts.bystanders);
  }

  /** RFC 3339 */
  dayText = (day: number): string => timeText(this.startMs + day * DAY_MS + SETTLE_MS);
  dateOf = (day: number): string => this.dayText(day).slice(0, 10);

  tell(told: Told, notes: readonly string[] = []): void {
    this.print.step({ ...told, day: this.day }, notes);
  }

  /** Tries for real what is to be refused, and holds the gateway's whole answer against what is expected. */
  async isRefused<K extends ActName>(name: string, told: Told, act: K, args: ActArgs<K>): Promise<Refused> {
    const refused = await this.actor(told.who).tries(act, args);
    this.print.refusal({ ...told, day: this.day }, refused);
    const codes = codesOf(refused);
    const expected = [...(this.expected.refusals[name] ?? [])].sort();
    if (codes.join() !== expected.join())
      throw new StoryFailed(
        `refusal ${name}: expected ${expected.join(', ') || 'nothing of that name'}; the gateway said ${codes.join(', ')}`,
      );
    if (refused.index === null) throw new StoryFailed(`refusal ${name}: no receipt that verifies`);
    this.refused.add(name);
    return refused;
  }

  /** @throws StoryFailed where they differ */
  holds(name: string, found: unknown): void {
    const expected = this.expected.facts[name];
    if (JSON.stringify(found) !== JSON.stringify(expected))
      throw new StoryFailed(`${name}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
  }

  /** Every access that anybody made must by now be proved to stand in the log; and one receipt is proved to a stranger. */
  async provesAll(witness: string, receipt: Receipt): Promise<{ readonly proved: number; readonly index: number; readonly size: number }> {
    const reports = await Promise.all([...this.actors].map(async ([code, actor]) => ({ code, ...(await actor.does('proofs', {})) })));
    for (const { code, alarms } of reports) if (alarms[0]) throw new StoryFailed(`${code} has a proof missing: ${alarms[0].why}`);
    const answer = await this.does(witness, 'proofOf', { receipt });
    // from here on without the gateway: receipt, proof, and the gateway's pinned key
    const body = await verifyReceipt(receipt, this.pinned);
    const note = body.ok ? verifyProofAnswer(answer, body.value, this.pinned) : body;
    if (!body.ok || !note.ok) throw new StoryFailed(`the receipt does not prove its leaf: ${note.ok ? '' : note.error}`);
    const proved = reports.reduce((sum, report) => sum + report.proved, 0);
    return { proved, index: body.value.index, size: answer.size };
  }

  /** @throws StoryFailed where a refusal that the story owes was never tried */
  complete(): void {
    const missing = Object.keys(this.expected.refusals).filter((name) => !this.refused.has(name));
    if (missing.length > 0) throw new StoryFailed(`never tried: ${missing.join(', ')}`);
  }

  /** where the server keeps its data, and the cast its keys and files */
  get folder(): string {
    return this.facts.folder;
  }

  get refusals(): number {
    return this.refused.size;
  }

  /** The cast goes home; the gateway goes on. */
  dismiss(): void {
    for (const actor of this.actors.values()) actor.end();
  }

  async close(): Promise<void> {
    this.dismiss();
    await this.gateway.stop();
  }

  private async moveTo(day: number): Promise<void> {
    if (day <= this.day) return;
    this.day = day;
    const isToday = day === this.facts.days && this.facts.begins === undefined;
    await shiftAll(this.gateway, [...this.actors.values()], isToday ? Date.now() : this.startMs + day * DAY_MS + SETTLE_MS);
  }

  private async turnKeys(codes: readonly string[]): Promise<void> {
    // one after the other, because each rests on the directory as the one before left it
    for (const code of codes) await this.does(code, 'turn', {});
    this.turnedOn = this.day;
    const what = `${codes.length} authorities make a new generation of their desk keys; the root of each signs the new entry.`;
    this.tell({ mark: '', who: codes.length > 3 ? `${codes[0]} …` : codes.join(', '), whom: 'directory', what }, [
      'an encryption generation lives 90 days; what was sealed to the old one still opens',
    ]);
  }
}
