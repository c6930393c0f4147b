/** The REST view of a register, for scripts and for readers without a socket. */
import { routes } from '@lodestone/api-contract';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import * as z from 'zod';
import { CurrentActor } from '../auth/current-actor.decorator.ts';
import type { SessionActor } from '../auth/person.ts';
import { ProblemException } from '../http/problem.exception.ts';
import { ZodPipe } from '../http/zod.pipe.ts';
import { toCsv } from './records-csv.ts';
import { RecordsService } from './records.service.ts';

const querySchema = z.strictObject({
  at: z.string().regex(/^\d+$/).transform(Number).pipe(z.int()).optional(),
});

@Controller()
export class RecordsController {
  constructor(private readonly records: RecordsService) {}

  @Get(routes.records)
  async list(
    @CurrentActor() actor: SessionActor,
    @Param() { compartment = '', register = '' }: Readonly<Record<string, string>>,
    @Query(new ZodPipe(querySchema)) { at }: z.infer<typeof querySchema>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const place = this.records.locate(actor.person, compartment, register);
    if (place === undefined) throw new ProblemException('not-found');
    const answer =
      at === undefined ? await this.records.present(place) : await this.records.at(place, at);
    if (request.accepts(['application/json', 'text/csv']) !== 'text/csv') return answer;
    response.type('text/csv');

    return toCsv(place.register, answer.records);
  }
}
