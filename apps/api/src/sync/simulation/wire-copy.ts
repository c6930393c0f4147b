/** What arrives at the other end of a connection: a copy, of nothing but values and bytes. */
export function wireCopy(value: unknown): unknown {
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (value instanceof ArrayBuffer) return new Uint8Array(value.slice(0));
  if (Array.isArray(value)) return value.map(wireCopy);
  if (typeof value === 'function') throw new Error('a function cannot be sent');
  if (typeof value !== 'object' || value === null) return value;

  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [name, wireCopy(inner)]),
  );
}

/** A message in a few words. */
export function describe(body: unknown): string {
  if (typeof body !== 'object' || body === null) return String(body);
  const words = Object.entries(body).flatMap(([name, value]) => {
    if (value instanceof Uint8Array) return [`${name}=${String(value.length)}B`];
    if (typeof value === 'object') return [];

    return [`${name}=${String(value)}`];
  });

  return words.join(' ');
}
