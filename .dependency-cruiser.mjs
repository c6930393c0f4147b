// The layers inside the apps, and no cycles anywhere. Between projects the lint rules decide.
/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-imports-main',
      severity: 'error',
      from: {},
      to: { path: '^apps/(api|web)/src/main\\.tsx?$' },
    },
    {
      name: 'api-foundations-import-no-feature',
      comment: 'config and database stand below every feature',
      severity: 'error',
      from: { path: '^apps/api/src/(config|database)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^apps/api/src/', pathNot: '^apps/api/src/(config|database)/' },
    },
    {
      name: 'api-sync-knows-no-rest',
      severity: 'error',
      from: { path: '^apps/api/src/(sync|access|auth)/', pathNot: '(\\.test\\.ts$|/testing/)' },
      to: { path: '^apps/api/src/(records|registers|audit|sample|health)/' },
    },
    {
      name: 'web-ui-is-presentational',
      severity: 'error',
      from: { path: '^apps/web/src/ui/' },
      to: { path: '^apps/web/src/', pathNot: '^apps/web/src/ui/' },
    },
    {
      name: 'web-grid-stands-alone',
      comment:
        'the grid knows the register view and nothing of sessions, screens or synchronisation',
      severity: 'error',
      from: { path: '^apps/web/src/grid/' },
      to: { path: '^apps/web/src/', pathNot: '^apps/web/src/(grid|registers|ui)/' },
    },
    {
      name: 'only-sync-speaks-to-the-provider',
      severity: 'error',
      from: { path: '^apps/web/src/', pathNot: '^apps/web/src/sync/' },
      to: { path: '^libs/sync-provider/' },
    },
    {
      name: 'production-imports-no-testing',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '(\\.test\\.tsx?|/testing/|/harness/)' },
      to: { path: '/testing/' },
    },
    {
      name: 'nothing-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?raw$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
