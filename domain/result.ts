/** A refusal is a value: what the other side did is returned, never thrown. Failures of ours are exceptions (`failure.ts`). */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const no = <E>(error: E): Result<never, E> => ({ ok: false, error });

/** For what cannot be otherwise. @throws RangeError where it is */
export function certain<T>(result: Result<T, string>): T {
  if (!result.ok) throw new RangeError(result.error);
  return result.value;
}
