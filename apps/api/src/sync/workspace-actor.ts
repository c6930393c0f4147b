/**
 * The actor of what the workspace does by itself, such as starting a generation: nobody's edit caused it, and no person
 * may stand in the log for it (D3). The id is an RFC 9562 UUID of version 8, which no generator makes; the party is a
 * code that ISO 3166 leaves to its users and gives to no country.
 */
export const workspaceActor = {
  person: '00000000-0000-8000-8000-000000000001',
  party: 'ZZZ',
  roles: [],
  session: 'workspace',
  name: 'Lodestone',
} as const;
