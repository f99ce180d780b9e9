/** What is added later to a source, as the client of who reads an extract sees it. */
import { expect, it } from 'vitest';
import { systemClock as clock } from '../../../client/cli/clock-system.js';
import { checkSourceLabels } from '../../../client/sdk/source-labels.js';
import type { DirectoryView } from '../../../client/sdk/directory.js';
import { openTown } from './live-gateway.js';
import { noteTo, waitFor } from './notes.js';

const { ee, ng, late } = await openTown({ ee: ['EE-FIN', 'FIU'], ng: ['NG-FIA', 'FIU'], late: ['LV-FIU', 'FIU'] });

const READ = { purpose: 'INTELLIGENCE', justification: 'CASE_WORK' } as const;

/** ee tells ng something, and ng gives an extract of it back. */
async function extracted() {
  const note = await ee.client.send(noteTo(ee.client, ng.client));
  await waitFor(ng.client, ({ statement }) => statement?.digest === note.digest);
  const source = await ng.client.open({ item: note.items[0]!.statement.digest, via: note.digest, ...READ });
  const draft = noteTo(ng.client, ee.client);
  const made = { ...draft, items: [{ ...draft.items![0]!, sources: [source] }] };
  const sent = await ng.client.send(made);
  await waitFor(ee.client, ({ statement }) => statement?.digest === sent.digest);
  return { source, reading: { item: sent.items[0]!.statement.digest, via: sent.digest, ...READ } };
}

it('joins it to the label of the extract, and takes no word for it but an originator’s', async () => {
  const { source, reading } = await extracted();
  const hasNoExport = async () => {
    const { label, labelEpoch } = await ee.client.open(reading);
    expect(labelEpoch).toBe(0);
    return label.caveats.some(({ code, by }) => code === 'NO_EXPORT' && by === 'EE-FIN');
  };
  expect(await hasNoExport()).toBe(false);
  const by = ee.client.authority;
  const added = await ee.client.addCaveat(source.item.digest, { ...source.label, caveats: [{ code: 'NO_EXPORT', by }] });
  expect(await hasNoExport()).toBe(true);
  await ee.client.relax(source.item.digest, ['NO_EXPORT']);
  expect(await hasNoExport()).toBe(false);

  const { statement } = (await waitFor(ng.client, (entry) => entry.statement?.digest === added.digest)) as {
    statement: { compact: string };
  };
  const stranger = { directory: { officerKeys: new Map() } } as unknown as DirectoryView;
  const judged = { view: stranger, loggedAt: Object.assign(() => clock.now(), { place: () => 1 }), outlivesRetraction: false };
  const { item } = await ee.client.open(reading);
  await expect(checkSourceLabels(item, [], [statement.compact], judged)).rejects.toMatchObject({ check: 'LABEL' });
  await expect(checkSourceLabels(item, [], ['none'], judged)).rejects.toMatchObject({ check: 'LABEL' });

  const ended = await ee.client.retract(source.item.digest);
  const { statement: retraction } = (await waitFor(ng.client, (entry) => entry.statement?.digest === ended.digest)) as {
    statement: { compact: string };
  };
  const known = { ...judged, view: await ng.client.directory() };
  await expect(checkSourceLabels(item, [], [retraction.compact], known)).rejects.toMatchObject({
    check: 'ITEM_RETRACTED',
    next: `Nothing of it is shown. Delete what you have of it, and ask EE-FIN for a corrected one: parley deleted ${item.digest}`,
  });
});

it('takes the word of an originator that was added to the source meanwhile', async () => {
  const { source, reading } = await extracted();
  const by = late.client.authority;
  const named = { ...source.label, originators: [ee.client.authority, by].sort(), caveats: [] };
  await ee.client.addCaveat(source.item.digest, named);
  await late.client.addCaveat(source.item.digest, { ...named, caveats: [{ code: 'NO_EXPORT', by }] });
  const { label } = await ee.client.open(reading);
  expect(label.originators).toContain(by);
  expect(label.caveats).toContainEqual({ code: 'NO_EXPORT', by });
});
