/** Ends a server without cutting off what it has begun to say. */
import type { Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import type { Clock } from '../../domain/ports.js';

/** between two looks for connections that have become idle */
const LOOK_MS = 10;

/**
 * @param server that does not listen yet
 * @returns takes no more connections, and resolves when all are closed: each behind what it was answered, and whatever is left after `ms`
 */
export function closingOf(server: Server, clock: Pick<Clock, 'sleep'>): (ms: number) => Promise<void> {
  const open = new Set<Socket>();
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  };
  server.on('connection', keep).on('secureConnection', keep);
  return async (ms) => {
    const closed = new AbortController();
    // past the server's own `close`, which closes idle connections at once: Node takes one for idle while the end of its answer still waits here
    NetServer.prototype.close.call(server, () => closed.abort());
    for (let left = ms; left > 0 && !closed.signal.aborted; left -= LOOK_MS) {
      if ([...open].every(({ writableLength }) => writableLength === 0)) server.closeIdleConnections();
      await clock.sleep(Math.min(left, LOOK_MS), closed.signal);
    }
    if (!closed.signal.aborted) server.closeAllConnections();
  };
}
