/** What HTTP says between the API and its clients: paths, schemas, problems. */
export { CSRF_HEADER, REQUEST_ID_HEADER, recordsPath, routes } from './routes.ts';
export {
  PROBLEM_MEDIA_TYPE,
  problemCodes,
  problems,
  problemSchema,
  problemType,
  statusOf,
  type Problem,
  type ProblemCode,
} from './problem.ts';
export {
  authorSchema,
  languageSchema,
  partyCodeSchema,
  roleSchema,
  userSchema,
  type Author,
  type Language,
  type Role,
  type User,
} from './person.ts';
export {
  signInAnswerSchema,
  signInRequestSchema,
  type SignInAnswer,
  type SignInRequest,
} from './session.ts';
export {
  compartmentSchema,
  meAnswerSchema,
  mePatchAnswerSchema,
  mePatchSchema,
  type Compartment,
  type MeAnswer,
  type MePatch,
  type MePatchAnswer,
} from './me.ts';
export {
  recordsAnswerSchema,
  recordSchema,
  registersAnswerSchema,
  type RecordItem,
  type RecordsAnswer,
  type RegistersAnswer,
} from './records.ts';
export {
  auditAnswerSchema,
  auditChangeSchema,
  auditEntrySchema,
  auditQuerySchema,
  auditRefusalSchema,
  type AuditAnswer,
  type AuditChange,
  type AuditEntry,
  type AuditQuery,
  type AuditRefusal,
} from './audit-entries.ts';
export {
  liveAnswerSchema,
  readyAnswerSchema,
  type LiveAnswer,
  type ReadyAnswer,
} from './health.ts';
export { plainText } from './plain-text.ts';
