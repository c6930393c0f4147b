/** Admission alone, in a process of its own: inspecting one cell among 10,000 records, against applying it. */
import { fileURLToPath } from 'node:url';
import { runProgram } from '@lodestone/test-support';
import { pinServer } from '../measure/cores.ts';
import type { Figures } from '../report/figures.ts';
import type { Scenario } from './scenario.ts';

const script = fileURLToPath(new URL('programs/admission.ts', import.meta.url));

export const admission: Scenario = {
  title: 'admission: one cell in 10,000 records',
  contenders: ['lodestone'],
  sessions: 0,
  run: async ({ stage }) => {
    const program = runProgram(script, [], {});

    return stage.use(program, async () => {
      pinServer(program.pid);
      const [, figures = ''] = await program.says(/^figures (.+)$/m);

      return JSON.parse(figures) as Figures;
    });
  },
};
