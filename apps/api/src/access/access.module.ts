/** May they? What the evaluator is told. */
import { Module } from '@nestjs/common';
import { AccessFacts } from './access-facts.ts';

@Module({ providers: [AccessFacts], exports: [AccessFacts] })
export class AccessModule {}
