/** Who I am and what I may see: GET and PATCH /api/me. */
import * as z from 'zod';
import { languageSchema, partyCodeSchema, userSchema } from './person.ts';

/** A compartment the person is in. Others are not named anywhere. */
export const compartmentSchema = z.object({
  id: z.string(),
  name: z.object({ en: z.string(), ja: z.string() }),
  /** As it is shown: `PUBLIC`, `REL TO USA, JPN`. */
  marking: z.string(),
  parties: z.array(partyCodeSchema),
});

export const meAnswerSchema = z.object({
  user: userSchema,
  csrfToken: z.string(),
  compartments: z.array(compartmentSchema),
  /** The person's rules as the access-policy library reads and writes them; to everybody else they are opaque. */
  permissions: z.array(z.unknown()).readonly(),
  /** The sample workspace: its accounts need no second factor, and every screen says so. */
  sample: z.boolean(),
});

/** What a person may change about himself here. */
export const mePatchSchema = z.strictObject({ language: languageSchema });

export const mePatchAnswerSchema = z.object({ user: userSchema });

export type Compartment = z.infer<typeof compartmentSchema>;
export type MeAnswer = z.infer<typeof meAnswerSchema>;
export type MePatch = z.infer<typeof mePatchSchema>;
export type MePatchAnswer = z.infer<typeof mePatchAnswerSchema>;
