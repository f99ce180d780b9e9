/** One statement as the gateway shows it, with its receipt. Nothing of it is verified yet, nor that it is the one that was asked for. */
import { statementAnswer, type StatementAnswer } from '../../domain/wire/http-answers.js';
import { readAnswer } from './answers.js';
import type { ClientContext } from './context.js';
import { nullIfRefused } from './error.js';

export const readShown = async ({ door }: Pick<ClientContext, 'door'>, digest: string): Promise<StatementAnswer> =>
  readAnswer(statementAnswer, await door.get(`/v1/statements/${digest}`), 'statement');

/** @returns null where the gateway refuses it */
export const readIfShown = (context: Pick<ClientContext, 'door'>, digest: string): Promise<StatementAnswer | null> =>
  readShown(context, digest).catch(nullIfRefused);
