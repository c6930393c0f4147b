/** How many small tags fit into the width of a cell. */
const sidePadding = 20;
const tagPadding = 14;
const gap = 4;
const moreWidth = 26;

/** At least one tag is shown, and a count of the rest. */
export function tagsThatFit(labels: readonly string[], width: number): number {
  let left = width - sidePadding;
  for (const [index, label] of labels.entries()) {
    const isLast = index === labels.length - 1;
    left -= textWidth(label) + tagPadding + (index === 0 ? 0 : gap);
    if (left - (isLast ? 0 : gap + moreWidth) < 0) return Math.max(1, index);
  }

  return labels.length;
}

/** Good enough for 11-pixel text: a Han character or kana is as wide as high, a Latin letter a little over half. */
function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u2e80-\uffef]/.test(character) ? 11 : 6.3;

  return width;
}
