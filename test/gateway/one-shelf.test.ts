import { expect, it } from 'vitest';
import type { ClientContext } from '../../client/sdk/context.js';
import { openGateway } from '../client/sdk/live-gateway.js';

it('keeps what it took in once, for the walk and for its doors: neither asks the store for it again', async () => {
  const asked: string[] = [];
  const gateway = await openGateway(undefined, {}, (real) => ({
    ...real,
    statement(digest) {
      asked.push(digest);
      return real.statement(digest);
    },
  }));
  try {
    const { client } = await gateway.join('NG-FIA', 'FIU');
    const { digest } = await client.confirmEntry();
    asked.length = 0;
    const { door } = (client as unknown as { readonly context: ClientContext }).context;
    expect(await door.get(`/v1/statements/${digest}`)).toMatchObject({ statement: expect.any(String) as string });
    expect(asked).toEqual([]);
  } finally {
    await gateway.running.drain();
  }
});
