/** Is the process alive, and can it serve: GET /api/health/live and /ready. Not ready is the problem `unavailable`. */
import * as z from 'zod';

export const liveAnswerSchema = z.object({ status: z.literal('live') });

export const readyAnswerSchema = z.object({ status: z.literal('ready') });

export type LiveAnswer = z.infer<typeof liveAnswerSchema>;
export type ReadyAnswer = z.infer<typeof readyAnswerSchema>;
