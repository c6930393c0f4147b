/** Signing in and out: POST and DELETE /api/session. */
import * as z from 'zod';
import { userSchema } from './person.ts';
import { plainText } from './plain-text.ts';

/** The form of the address is not checked: a malformed one fails as an unknown one does. */
export const signInRequestSchema = z.object({
  email: plainText(254).trim().min(1),
  password: z.string().min(1).max(1024),
  /** The second factor, where one is due. */
  code: z.string().max(64).optional(),
});

/** The answer to a sign-in, 201. */
export const signInAnswerSchema = z.object({
  user: userSchema,
  csrfToken: z.string(),
});

export type SignInRequest = z.infer<typeof signInRequestSchema>;
export type SignInAnswer = z.infer<typeof signInAnswerSchema>;
