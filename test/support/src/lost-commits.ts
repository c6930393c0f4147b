/** Loses the answers of commits, or the commits themselves, between an api and its PostgreSQL; for a proxy's conditions. */
import type { Transform } from './conditions.ts';

export interface CommitLoss {
  readonly transform: () => Transform;
  /** So many commits have been made whose answer was lost. */
  readonly answersLost: () => number;
  /** So many turns were cut off before their commit. */
  readonly commitsLost: () => number;
}

/** `ReadyForQuery`, outside any transaction: what was sent before it is committed. */
const readyOutside = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/**
 * A turn is known by what it writes, whatever statements it is made of: `mark` stands in every edit.
 * @param every how many turns pass between two that are hit; first the answer is lost, then the commit, and so on
 */
export function loseCommits(mark: string, every: number): CommitLoss {
  let turns = 0;
  let answers = 0;
  let commits = 0;

  return {
    answersLost: () => answers,
    commitsLost: () => commits,
    transform: () => {
      let losesAnswer = false;

      return (direction, bytes) => {
        if (direction === 'to-server') {
          if (!bytes.includes(mark)) return bytes;
          turns += 1;
          if (turns % every !== 0) return bytes;
          if (turns % (2 * every) === 0) {
            commits += 1;

            return 'cut';
          }
          losesAnswer = true;

          return bytes;
        }
        if (!losesAnswer || !bytes.includes(readyOutside)) return bytes;
        answers += 1;

        return 'cut';
      };
    },
  };
}
