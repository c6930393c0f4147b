/** The sample's records: public facts with their sources, in the shape of the registers; every one stands in `public`. */
import type { Value } from '@lodestone/document-model';
import capacityLines from './data/capacity-line.json' with { type: 'json' };
import instruments from './data/instrument.json' with { type: 'json' };
import materials from './data/material.json' with { type: 'json' };
import milestones from './data/milestone.json' with { type: 'json' };
import parties from './data/party.json' with { type: 'json' };
import projectStages from './data/project-stage.json' with { type: 'json' };
import projects from './data/projects.json' with { type: 'json' };
import sources from './data/source.json' with { type: 'json' };
import stages from './data/stage.json' with { type: 'json' };

export interface SampleRecord {
  readonly id: string;
  readonly fields: Readonly<Record<string, Value>>;
}

/** By register; what is referred to comes before what refers to it. */
export const sampleRecords: ReadonlyMap<string, readonly SampleRecord[]> = new Map([
  ['source', recordsOf(sources)],
  ['party', recordsOf(parties)],
  ['material', recordsOf(materials)],
  ['stage', recordsOf(stages)],
  ['project-stage', recordsOf(projectStages)],
  ['instrument', recordsOf(instruments)],
  ['project', recordsOf(projects)],
  ['capacity-line', recordsOf(capacityLines)],
  ['milestone', recordsOf(milestones)],
]);

/** The compiler sees every key of a file in each of its records; what stands in them is tested. */
function recordsOf(
  file: readonly { readonly id: string; readonly fields: object }[],
): readonly SampleRecord[] {
  return file as readonly SampleRecord[];
}
