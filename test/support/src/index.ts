/** Starts what system and browser tests run against. Needs the built apps (`nx run-many -t build`). */
export { type ApiOptions, type Api, samplePassword, startApi } from './api.ts';
export { BareReplica, BareSocket, type BareOpened, type Received } from './bare-socket.ts';
export { createDataFolder, type DataFolder } from './data-folder.ts';
export { startEditor, type Editor, type EditorOptions } from './editors.ts';
export { generateProjects } from './generated-projects.ts';
export { getJson, signIn, signOut, type SignedIn } from './people.ts';
export { startPostgres, type TestDatabase, type TestPostgres } from './postgres.ts';
export { type Program, runProgram } from './program.ts';
