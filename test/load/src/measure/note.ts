/** The values that writers set: the size of a remark in the product, with its writer and number at the front. */
const bytes = 110;
const filler =
  ' Grain boundary diffusion line: commissioning moved to the next quarter, the offtake stands, separation is on time.';
const mark = /@(\d+):(\d+)([#!])/;
const last = /@(\d+):\d+!/g;

export interface Note {
  readonly writer: number;
  readonly number: number;
}

/** `isLast`: the writer stops after it. Readers that only count look for these when all have stopped. */
export function formatNote(
  { writer, number }: Note,
  { isLast }: { readonly isLast: boolean },
): string {
  return `@${String(writer)}:${String(number)}${isLast ? '!' : '#'}${filler}`.slice(0, bytes);
}

export function parseNote(text: string): Note | undefined {
  const found = mark.exec(text);

  return found === null ? undefined : { writer: Number(found[1]), number: Number(found[2]) };
}

/** The writers whose last value is somewhere in a frame. */
export function findLast(frame: Buffer): readonly number[] {
  return [...frame.toString('latin1').matchAll(last)].map(([, writer]) => Number(writer));
}
