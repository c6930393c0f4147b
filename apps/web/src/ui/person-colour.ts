/** A person's colour and initials: always the same for one person, and never used to mean anything else. */
const colours = ['teal', 'orange', 'violet', 'pink', 'cyan', 'lime', 'indigo', 'red'] as const;

export type PersonColour = (typeof colours)[number];

export function colourOf(person: string): PersonColour {
  let sum = 0;
  for (const character of person) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;

  return colours[sum % colours.length] ?? 'teal';
}

/** One character of a Japanese name, two initials of any other. */
export function initialsOf(name: string): string {
  if (/^[\u3040-\u30ff\u3400-\u9fff]/.test(name)) return name.slice(0, 1);
  const words = name.split(/\s+/).filter((word) => word !== '');

  return words
    .map((word) => word.slice(0, 1).toUpperCase())
    .slice(0, 2)
    .join('');
}
