import { enrol, pinRoots, readAuthority, readDesk, readOfficer, type DesignationFacts, type EntryFacts } from '../../client/sdk/index.js';
import { sentBy, type Seat } from './seat.js';

export const enrolment = ({ store, clock, chance, client, reach }: Seat) => ({
  /** @returns the root's fingerprint, to be compared out of band, and its public key */
  async enrol(args: { authority: string; officer: string; desk: string; suites: readonly ('age-pq-1' | 'openpgp-4')[] }) {
    const names = { authority: readAuthority(args.authority), officer: readOfficer(args.officer), desk: readDesk(args.desk) };
    const { root } = await enrol(store, { ...names, suites: args.suites }, chance, clock.now());
    if (root === null) throw new RangeError('a new identity has its root');
    return { root: root.kid as string, publicKey: Buffer.from(root.publicKey).toString('base64url') };
  },
  async connect({ origin, roots }: { origin: string; roots: readonly { authority: string; root: string }[] }) {
    await reach(origin);
    await pinRoots(store, roots);
    return (await client()).gateway;
  },
  async designate(args: Pick<DesignationFacts, 'authority' | 'root' | 'types'> & Partial<DesignationFacts>) {
    return sentBy(await (await client()).designate({ status: 'ACTIVE', ...args }));
  },
  publish: async (facts: EntryFacts) => sentBy(await (await client()).publishEntry(facts)),
  /** a new generation of the desk's encryption keys, and the entry that says so, signed by the root */
  turn: async () => (await client()).turnDeskKey(),
});
