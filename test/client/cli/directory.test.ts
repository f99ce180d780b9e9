/** The operator's and the authority's work on the directory, by the command line, where two persons designate. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certain } from '../../../domain/result.js';
import { parseAuthorityId } from '../../../domain/ids.js';
import { openGateway, type LiveGateway } from '../sdk/live-gateway.js';
import { createProfiles } from './profiles.js';

let gateway: LiveGateway;
let root: string;

const { home, shows, parley } = createProfiles(() => (gateway as LiveGateway | undefined)?.origin);
const waiting = async () =>
  (await parley<{ waiting: { designation: string; authority: string }[] }>('second', 'register', 'waiting')).waiting;

beforeAll(async () => {
  const second = await parley('second', 'enrol', '--authority', 'XX-OPS', '--officer', 'ops.2', '--no-receive');
  gateway = await openGateway(undefined, { PARLEY_OPERATOR_APPROVERS: second.rootPublicKey! });
  root = (await parley('ch-fin', 'enrol', '--authority', 'CH-FIN', '--officer', 'o.1', '--suite', 'age-pq-1')).root!;
});
afterAll(() => gateway.running.drain());

describe('the directory by the command line', () => {
  it('designates by two persons: what waits is listed and approved, and then it is in force', async () => {
    await gateway.designate('CH-FIN', root, 'FIU');
    expect(await parley('ch-fin', 'directory', 'list')).toMatchObject({ authorities: [] });
    const [row] = await waiting();
    expect(row).toMatchObject({ authority: 'CH-FIN', status: 'ACTIVE', root });
    expect(await shows('second', 'register', 'waiting')).toContain('CH-FIN');
    expect(await shows('second', 'register', 'approve', row!.designation)).toContain('Approved');
    expect(await waiting()).toEqual([]);
    expect(await shows('second', 'register', 'waiting')).toContain('None.');
    await expect(parley('second', 'register', 'approve', row!.designation)).rejects.toMatchObject({ code: 'NOT_WAITING' });
    expect(await parley('ch-fin', 'directory', 'list')).toMatchObject({ authorities: [{ authority: 'CH-FIN', standing: 'ACTIVE' }] });
  });

  it('publishes an entry with all it declares and a desk more, and confirms it', async () => {
    const facts = join(home, 'facts.json');
    await parley('ch-fin', 'entry', 'desk', 'NIGHT', '--suite', 'age-pq-1');
    writeFileSync(
      facts,
      JSON.stringify({
        name: 'Reporting office of fiction',
        territory: 'CH',
        types: ['FIU'],
        languages: ['de', 'en'],
        clearance: 'RESTRICTED',
        timeZone: 'Europe/Zurich',
        desks: { INTAKE: ['FIU'], NIGHT: ['FIU'] },
        declares: { contact: { dutyDesk: 'NIGHT' }, requirements: { channels: ['PARLEY', 'ESW'] }, law: { fiuModel: 'ADMINISTRATIVE' } },
      }),
    );
    expect(await shows('ch-fin', 'entry', facts)).toContain('Entry published');
    expect(await shows('ch-fin', 'entry', 'confirm')).toContain('Entry confirmed');
    const { authorities } = await parley<{ authorities: { declares: object; stale: boolean }[] }>('ch-fin', 'directory', 'export');
    expect(authorities).toMatchObject([{ channels: ['PARLEY', 'ESW'], stale: false, declares: { law: { fiuModel: 'ADMINISTRATIVE' } } }]);
  });

  it('lists what is stale, and what will be', async () => {
    expect(await shows('ch-fin', 'directory', 'stale')).toContain('None.');
    expect(await parley('ch-fin', 'directory', 'stale', '--within', '366')).toMatchObject({
      entries: [{ authority: 'CH-FIN', isStale: false }],
    });
    expect(await shows('ch-fin', 'directory', 'stale', '--within', '366')).toContain('CH-FIN');
  });

  it('writes itself as CSV, reads that again, and proposes what is new as commands', async () => {
    const file = join(home, 'directory.csv');
    const csv = await shows('ch-fin', 'directory', 'export', '--csv');
    expect(csv).toMatch(/^authority,name,territory,types,networks,standing,reason,root,succeeds,/);
    writeFileSync(file, csv);
    expect(await parley('ch-fin', 'directory', 'import', file)).toMatchObject({ proposals: [], unchanged: 1 });
    const more = join(home, 'more.csv');
    const other = `A${root.slice(1)}`;
    writeFileSync(more, `authority,root,types,networks,succeeds\r\nCH-NEW,${other},FIU SUPERVISOR,CARIN:MEMBER GLOBE:OBSERVER,CH-FIN\r\n`);
    const told = await shows('ch-fin', 'directory', 'import', more);
    const seats = '--network CARIN:MEMBER --network GLOBE:OBSERVER';
    expect(told).toContain(`parley designate CH-NEW ${other} --type FIU --type SUPERVISOR ${seats} --status ACTIVE --succeeds CH-FIN`);
    expect(told).toContain('never compared');
    expect(await parley('ch-fin', 'directory', 'list')).toMatchObject({ authorities: [{ authority: 'CH-FIN' }] });
    writeFileSync(more, 'authority,root,types,networks\nx,y,z,CARIN:CHIEF\n');
    await expect(shows('ch-fin', 'directory', 'import', more)).rejects.toThrow(
      /4 to mend.*line 2: authority.*line 2: root.*line 2: types.*line 2: networks/s,
    );
  });

  it('shows all that one authority declares, and nothing of one that there is not', async () => {
    expect(await parley('ch-fin', 'directory', 'show', 'CH-FIN')).toMatchObject({
      authority: 'CH-FIN',
      stale: false,
      successor: null,
      agreements: [],
      declares: { contact: { dutyDesk: 'NIGHT' } },
    });
    const shown = await shows('ch-fin', 'directory', 'show', 'CH-FIN');
    for (const said of ['declares.law.fiuModel', 'ADMINISTRATIVE', 'declares.contact.dutyDesk', 'NIGHT']) expect(shown).toContain(said);
    await expect(parley('ch-fin', 'directory', 'show', 'ZZ-NONE')).rejects.toMatchObject({ code: 'NO_SUCH_AUTHORITY' });
  });

  it('holds a fingerprint that somebody compared against what the gateway shows, at once', async () => {
    const trust = (...words: string[]) => parley('second', 'directory', 'trust', ...words);
    await expect(trust('ZZ-NONE', root)).rejects.toMatchObject({ code: 'NO_SUCH_AUTHORITY' });
    const wrong = `${root.startsWith('A') ? 'B' : 'A'}${root.slice(1)}`;
    const differs = { code: 'ROOT_DIFFERS', what: expect.stringContaining(`You gave ${wrong}; the gateway shows ${root}`) as string };
    for (const more of [[], ['--replace']]) await expect(trust('CH-FIN', wrong, ...more)).rejects.toMatchObject(differs);
    expect(await trust('CH-FIN', root)).toEqual({ authority: 'CH-FIN', root });
  });

  it('shows the register', async () => {
    expect(await parley('ch-fin', 'register')).toEqual({ agreements: [], successors: [] });
    const other = `A${root.slice(1)}`;
    const { operator } = gateway;
    await operator.designate({
      authority: 'CH-NEW',
      root: other,
      types: ['FIU'],
      status: 'ACTIVE',
      succeeds: [certain(parseAuthorityId('CH-FIN'))],
    });
    expect((await waiting())[0]).toMatchObject({ authority: 'CH-NEW', networks: [] });
    await shows('second', 'register', 'approve', (await waiting())[0]!.designation);
    await operator.registerAgreement({
      agreement: 'MOU:2019-14',
      kind: 'MOU',
      parties: ['CH-FIN', 'CH-NEW'],
      from: '2019-05-01',
      profiles: ['EGMONT_FIU'],
    });
    const shown = await shows('ch-fin', 'register');
    expect(shown).toContain('MOU:2019-14');
    expect(shown).toContain('CH-NEW came after CH-FIN.');
    const own = { successor: 'CH-NEW', agreements: [{ agreement: 'MOU:2019-14' }] };
    expect(await parley('ch-fin', 'directory', 'show', 'CH-FIN')).toMatchObject(own);
  });

  it('keeps who came before whom where a designation does not speak of it', async () => {
    const { operator } = gateway;
    await operator.designate({ authority: 'CH-NEW', root: `A${root.slice(1)}`, types: ['FIU'], status: 'SUSPENDED', reason: 'REVIEW' });
    const { directory } = await operator.directory(true);
    expect([...directory.successors]).toEqual([['CH-FIN', 'CH-NEW']]);
    expect([...directory.authorities.values()].map(({ id, standing }) => [id, standing])).toEqual([
      ['CH-FIN', 'ACTIVE'],
      ['CH-NEW', 'SUSPENDED'],
    ]);
  });
});
