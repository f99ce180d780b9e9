import { setInterval, setTimeout } from 'node:timers';

const pollMs = 250;
/** A server that drains is given this long before it is ended for good. */
const drainMs = 35_000;

/**
 * Ends this process when its parent goes. SIGTERM to `npm start` ends npm alone and would leave the server behind, holding its port
 * and its database; so a changed parent counts as the same signal, and the task's own handler drains.
 */
export function followParent() {
  const parent = process.ppid;
  const poll = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(poll);
    setTimeout(() => process.exit(143), drainMs).unref();
    process.kill(process.pid, 'SIGTERM');
  }, pollMs);
  poll.unref();
}
