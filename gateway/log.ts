/**
 * The application log: one JSON object a line, with the fields below and no others. It is an allow-list, because a list of what to
 * hide is one field too short. Not the audit log: a login and a reading of the log stand in both under one `requestId`, a statement stands there by its digest.
 */
import { pino, type DestinationStream } from 'pino';
import { Failure } from '../domain/failure.js';
import type { Clock } from '../domain/ports.js';
import type { DoorLog } from './http/mount.js';
import { failureCodeOf } from './http/problem.js';
import { createLogOutput } from './log-output.js';

export interface Log extends DoorLog {
  /** @param times that it failed in a row, where it is tried again without end */
  failure(requestId: string, error: unknown, times?: number): void;
  /** what failed so many times in a row has succeeded */
  over(error: unknown, times: number): void;
  /** @param event a fixed word of ours, such as `listening` */
  lifecycle(event: string, detail?: { readonly port?: number; readonly origin?: string }): void;
  /** of lines that nobody took */
  lost(): number;
}

const WHERE_MAX = 3;

export function createLog(level: string, clock: Clock, output: DestinationStream & { readonly lost?: number } = createLogOutput()): Log {
  const options = { level, base: null, timestamp: () => `,"at":${clock.now()}` };
  const out = pino(options, output);
  return {
    lost: () => output.lost ?? 0,
    request({ requestId, method, route, status, code, durationMs }) {
      out.info({ requestId, method, route, status, code, durationMs }, 'request');
    },
    failure(requestId, error, times) {
      const code = failureCodeOf(error);
      // the message of a foreign error may quote what it choked on; where it came from does not
      const detail = error instanceof Failure ? error.detail : error instanceof Error ? error.name : 'unknown';
      out.error({ requestId, code, detail, times, where: whereOf(error) }, 'failure');
    },
    over(error, times) {
      out.info({ code: failureCodeOf(error), times }, 'over');
    },
    lifecycle(event, { port, origin } = {}) {
      out.info({ event, port, origin }, 'lifecycle');
    },
  };
}

/** Function names and places, without the message that heads a stack. */
function whereOf(error: unknown): string[] {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  return lines
    .filter((line) => /^\s+at /.test(line))
    .slice(0, WHERE_MAX)
    .map((line) => line.trim().replaceAll(/file:\/\/\S*\/(?=[^/]+$)/g, ''));
}
