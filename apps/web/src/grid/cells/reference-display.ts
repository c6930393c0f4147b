/** How records of other registers look in a cell: title, short name and hue. */
import {
  findRegister,
  notAvailable,
  type ReferenceField,
  type Surroundings,
} from '@lodestone/document-model';
import type { RegisterView } from '../view.ts';

interface ReferenceLook {
  readonly title: string;
  /** What stands in a small tag: a symbol where the record has one. */
  readonly short: string;
  /** 0 to 6 in the order of the register's records. */
  readonly hue: number | undefined;
  /** The reader cannot resolve the reference. */
  readonly isUnknown: boolean;
}

export interface ReferenceLooks {
  lookOf(field: ReferenceField, record: string): ReferenceLook;
}

/** Reads each register named by a reference once; made anew with new surroundings. */
export function referenceLooks(
  view: Pick<RegisterView, 'candidates'>,
  around: Surroundings,
): ReferenceLooks {
  const byRegister = new Map<string, ReadonlyMap<string, ReferenceLook>>();
  const looksIn = (register: string) => {
    let looks = byRegister.get(register);
    if (looks === undefined) {
      looks = readLooks(view, register);
      byRegister.set(register, looks);
    }

    return looks;
  };

  return {
    lookOf: (field, record) => {
      const known = looksIn(field.register).get(record);
      if (known !== undefined) return known;
      const title = around.titleOf(field.register, record);

      return {
        title: title ?? notAvailable[around.language],
        short: title ?? notAvailable[around.language],
        hue: undefined,
        isUnknown: title === undefined,
      };
    },
  };
}

const hues = 7;
/** Orders from here on stand beside the path, as "on hold" and "cancelled" do, and stay grey. */
const besideThePath = 90;

function readLooks(
  view: Pick<RegisterView, 'candidates'>,
  register: string,
): ReadonlyMap<string, ReferenceLook> {
  const candidates = view.candidates(register);
  const keys = findRegister(register)?.keys ?? [];
  const orders = candidates.flatMap(({ record }) =>
    typeof record.fields['order'] === 'number' ? [record.fields['order']] : [],
  );
  const path = orders.filter((order) => order < besideThePath);
  const [first, last] = [Math.min(...path), Math.max(...path)];

  return new Map(
    candidates.map(({ id, title, record }) => {
      const short = keys.map((key) => record.fields[key]).find((key) => typeof key === 'string');
      const order = record.fields['order'];
      const hue =
        typeof order !== 'number'
          ? undefined
          : order >= besideThePath
            ? 0
            : Math.round(((order - first) / Math.max(1, last - first)) * (hues - 1));

      return [id, { title, short: short ?? title, hue, isUnknown: false }];
    }),
  );
}
