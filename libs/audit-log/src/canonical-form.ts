/** The canonical form of a JSON value (RFC 8785): sorted keys, no white space, numbers as ECMAScript writes them. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** @throws TypeError for a number that JSON cannot hold. */
export function canonicalForm(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TypeError(`${String(value)} has no canonical form`);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalForm).join(',')}]`;
  let form = '{';
  // Every entry of the log comes by here. `sort` compares by code units, as the RFC does.
  for (const name of Object.keys(value).sort()) {
    if (form.length > 1) form += ',';
    form += `${JSON.stringify(name)}:${canonicalForm(value[name] as Json)}`;
  }

  return `${form}}`;
}

function isList(value: readonly Json[] | object): value is readonly Json[] {
  return Array.isArray(value);
}
