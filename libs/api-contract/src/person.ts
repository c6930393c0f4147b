/** The words about people that several calls share. */
import { roles } from '@lodestone/access-policy';
import * as z from 'zod';

export const languageSchema = z.enum(['en', 'ja']);

/** ISO 3166 alpha-3, as `USA`. */
export const partyCodeSchema = z.string().regex(/^[A-Z]{3}$/);

export const roleSchema = z.enum(roles);

/** The signed-in person, as that person may see himself. */
export const userSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  party: partyCodeSchema,
  roles: z.array(roleSchema),
  language: languageSchema,
});

/** Another person, as everybody who may see his change may see him. */
export const authorSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  party: partyCodeSchema,
});

export type Language = z.infer<typeof languageSchema>;
export type Role = z.infer<typeof roleSchema>;
export type User = z.infer<typeof userSchema>;
export type Author = z.infer<typeof authorSchema>;
