/** The identifiers of the document model. Each is parsed at the edge and trusted inside. */
export type CompartmentId = string & { readonly __brand: 'CompartmentId' };
export type RegisterName = string & { readonly __brand: 'RegisterName' };
export type RecordId = string & { readonly __brand: 'RecordId' };
/** `<compartment>/<register>`: one register in one compartment is one document. */
export type DocumentName = string & { readonly __brand: 'DocumentName' };
/** ISO 3166 alpha-3 in capitals, which is also the id of the party's record. */
export type PartyCode = string & { readonly __brand: 'PartyCode' };

const SLUG = /^[a-z][a-z0-9-]{0,62}$/;
const RECORD = /^[A-Za-z0-9_-]{1,64}$/;
const PARTY = /^[A-Z]{3}$/;

export function isRecordId(value: unknown): value is RecordId {
  return typeof value === 'string' && RECORD.test(value);
}

export function isPartyCode(value: unknown): value is PartyCode {
  return typeof value === 'string' && PARTY.test(value);
}

export function isCompartmentId(value: unknown): value is CompartmentId {
  return typeof value === 'string' && SLUG.test(value);
}

export interface DocumentParts {
  readonly compartment: CompartmentId;
  readonly register: RegisterName;
}

/** The parts of `<compartment>/<register>`, or undefined where the text is no such name. */
export function parseDocumentName(name: string): DocumentParts | undefined {
  const [compartment, register, more] = name.split('/');
  if (more !== undefined || compartment === undefined || register === undefined) return undefined;
  if (!SLUG.test(compartment) || !SLUG.test(register)) return undefined;

  return { compartment: compartment as CompartmentId, register: register as RegisterName };
}

export function formatDocumentName(
  compartment: CompartmentId,
  register: RegisterName,
): DocumentName {
  return `${compartment}/${register}` as DocumentName;
}
