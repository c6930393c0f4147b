/** Refuses calls that another site makes in a visitor's name. */
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';

import { ProblemException } from '../http/problem.exception.ts';
import { OriginPolicy } from './origin-policy.ts';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

export function changesState({ method }: Pick<Request, 'method'>): boolean {
  return !SAFE_METHODS.includes(method);
}

@Injectable()
export class CrossSiteGuard implements CanActivate {
  constructor(private readonly origins: OriginPolicy) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const origin = request.get('Origin');
    const fetchSite = request.get('Sec-Fetch-Site');
    const isAllowed = this.origins.isAllowedCall({
      ...(origin !== undefined && { origin }),
      ...(fetchSite !== undefined && { fetchSite }),
    });

    if (changesState(request) && !isAllowed) throw new ProblemException('origin.refused');

    return true;
  }
}
