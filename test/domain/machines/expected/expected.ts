/**
 * What each state lets each side do, written by hand from domain.md A.3 and rulings 5: never from the tables that it grades.
 * `STEP>STATE` moves, `STEP` alone stays. `!STEP` is lawful only after a consultation, `~STEP` only with a word on why none is appropriate.
 */
export interface Moves {
  /** who opened it */
  readonly R?: string;
  /** who was asked */
  readonly Q?: string;
  /** the gateway: delivery and timers */
  readonly S?: string;
}
export type Expected = Readonly<Record<string, Moves>>;

export interface ExpectedMove {
  readonly state: string;
  readonly step: string;
  readonly actor: 'R' | 'Q' | 'S';
  readonly to: string;
  readonly afterConsultation: boolean;
  /** the sender says why it did not consult */
  readonly isExcused: boolean;
}

const ACTORS = ['R', 'Q', 'S'] as const;

export const movesOf = (expected: Expected): readonly ExpectedMove[] =>
  Object.entries(expected).flatMap(([state, moves]) =>
    ACTORS.flatMap((actor) =>
      (moves[actor] ?? '')
        .split(' ')
        .filter((word) => word !== '')
        .map((word) => {
          const [step = '', to = state] = word.replace(/^[!~]/, '').split('>');
          return { state, step, actor, to, afterConsultation: /^[!~]/.test(word), isExcused: word.startsWith('~') };
        }),
    ),
  );

/** Adds moves to those of some states. */
export const adding = (expected: Expected, states: readonly string[], more: Moves): Expected =>
  Object.fromEntries(
    Object.entries(expected).map(([state, moves]) =>
      states.includes(state)
        ? [state, Object.fromEntries(ACTORS.map((actor) => [actor, `${moves[actor] ?? ''} ${more[actor] ?? ''}`]))]
        : [state, moves],
    ),
  );

/** How everything arrives. */
export const ARRIVAL: Expected = {
  DRAFT: { R: 'SUBMIT>SUBMITTED' },
  SUBMITTED: { S: 'DELIVERY_RECEIPT>DELIVERED' },
  UNDECIPHERABLE: { R: 'RESUBMIT>SUBMITTED' },
};
