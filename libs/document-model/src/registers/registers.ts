/** Every register of the workspace, in the order of the navigation. */
import type { Register } from '../register.ts';
import { capacityLine } from './capacity-line.ts';
import { milestone } from './milestone.ts';
import { project } from './project.ts';
import { instrument, material, party, projectStage, stage } from './reference-lists.ts';
import { source } from './source.ts';

export const registers: readonly Register[] = [
  project,
  capacityLine,
  milestone,
  source,
  material,
  party,
  stage,
  projectStage,
  instrument,
];

const byName = new Map<string, Register>(registers.map((one) => [one.name, one]));

export function findRegister(name: string): Register | undefined {
  return byName.get(name);
}
