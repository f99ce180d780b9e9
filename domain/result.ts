/** A refusal is a value: what the other side did is returned, never thrown. Failures of ours are exceptions (`failure.ts`). */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const no = <E>(error: E): Result<never, E> => ({ ok: false, error });
