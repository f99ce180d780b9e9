import { expect, it } from 'vitest';
import { openGateway } from '../client/sdk/live-gateway.js';
import { noteTo, waitFor } from '../client/sdk/notes.js';

it('keeps what it took in once, for the walk and for its doors: an inbox asks the store for none of it again', async () => {
  const asked: string[] = [];
  const gateway = await openGateway(undefined, {}, (real) => ({
    ...real,
    statement(digest) {
      asked.push(digest);
      return real.statement(digest);
    },
  }));
  try {
    const owner = await gateway.join('CH-FIN', 'FIU');
    const holder = await gateway.join('EE-FIN', 'FIU');
    await gateway.compareAll();
    const { digest } = await owner.client.send(noteTo(owner.client, holder.client));
    asked.length = 0;
    expect(await waitFor(holder.client, ({ statement }) => statement?.digest === digest)).toBeDefined();
    expect(asked).not.toContain(digest);
  } finally {
    await gateway.running.drain();
  }
});
