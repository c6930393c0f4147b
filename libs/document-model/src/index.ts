/** What a register, a field, a record and a cell are; a document read as records. */
export { checkBirth, largestBirth, noSuchField, type Birth, type FieldProblem } from './birth.ts';
export { formatCellKey, longestKey, parseCellKey, type CellKey } from './cell-key.ts';
export type {
  ChoiceField,
  DateField,
  Field,
  FieldKind,
  Money,
  MoneyField,
  NumberField,
  Option,
  Point,
  PointField,
  Quantity,
  QuantityField,
  ReferenceField,
  SetField,
  StateField,
  TextField,
  UrlField,
  Value,
} from './field.ts';
export { fold } from './fields/choice.ts';
export type { Surroundings } from './fields/codec.ts';
export { collatorFor } from './fields/collation.ts';
export { formatNumber, parseNumber } from './fields/numbers.ts';
export { quantityMarks } from './fields/quantity.ts';
export { notAvailable } from './fields/reference.ts';
export { checkElement, formatElement, largestSet } from './fields/set.ts';
export { yesAndNo } from './fields/simple.ts';
export { isStorable, longestText } from './fields/text.ts';
export { encodeGeneration, generationClientId, generationHash } from './generation.ts';
export {
  formatDocumentName,
  isCompartmentId,
  isPartyCode,
  isRecordId,
  parseDocumentName,
  type CompartmentId,
  type DocumentName,
  type DocumentParts,
  type PartyCode,
  type RecordId,
  type RegisterName,
} from './ids.ts';
export { writeOf, type Intent } from './intent.ts';
export { isArchived, RegisterRecords, type Cells, type RegisterRecord } from './records.ts';
export {
  archivedField,
  optionsOf,
  register,
  type Editing,
  type Lifecycle,
  type Move,
  type Register,
  type SortKey,
} from './register.ts';
export { findRegister, registers } from './registers/registers.ts';
export { namesOf, sidesOf, titleOf } from './titles.ts';
export type { Parsed, ValueProblem } from './value-problem.ts';
export { checkValue, compareValues, formatValue, parseValue, sameValue } from './value.ts';
export { languages, type Language, type Words } from './words.ts';
