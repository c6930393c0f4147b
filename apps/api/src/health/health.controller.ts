/** Answers supervisors and proxies: is the process alive, and can it serve. */
import { type LiveAnswer, type ReadyAnswer, routes } from '@lodestone/api-contract';
import { Controller, Get } from '@nestjs/common';

import { Public } from '../auth/public.decorator.ts';
import { ProblemException } from '../http/problem.exception.ts';
import { Readiness } from './readiness.service.ts';

@Public()
@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get(routes.live)
  live(): LiveAnswer {
    return { status: 'live' };
  }

  @Get(routes.ready)
  async ready(): Promise<ReadyAnswer> {
    const missing = await this.readiness.missing();

    if (missing.length > 0) throw new ProblemException('unavailable', { missing });

    return { status: 'ready' };
  }
}
