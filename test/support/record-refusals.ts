/** For `npm run rules`: writes down with which codes a walk refused in the tests, when TESTS_RULE_LOG names a file. */
import { appendFileSync } from 'node:fs';
import type { RunningWalk } from '../../gateway/walk.js';

const file = process.env['TESTS_RULE_LOG'];

export function recordingRefusals(walk: RunningWalk): RunningWalk {
  if (file === undefined) return walk;
  return new Proxy(walk, {
    get(target, name) {
      if (name !== 'acceptStatement') return Reflect.get(target, name) as unknown;
      return async (...args: Parameters<RunningWalk['acceptStatement']>) => {
        const answer = await target.acceptStatement(...args);
        if (!answer.ok) appendFileSync(file, `${JSON.stringify({ refused: answer.error.refusal.code })}\n`);
        return answer;
      };
    },
  });
}
