/** What the gateway says of its witnesses. Whoever wants to rely on them pins their keys, and does not take them from here. */
import { z } from 'zod';

export const witnessing = z.strictObject({
  /** how many of the witnesses make a checkpoint a witnessed one */
  quorum: z.int().min(1),
  witnesses: z
    .array(
      z.strictObject({
        name: z.string().max(48),
        verifierKey: z.string().max(400),
        /** did it cosign the newest witnessed checkpoint? */
        signed: z.boolean(),
      }),
    )
    .max(32),
  /** leaves in the newest witnessed checkpoint, 0: there is none yet */
  size: z.int().min(0),
});
export type Witnessing = z.output<typeof witnessing>;
