// The lint rules, and the architecture as data: which project may import which.
import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import node from 'eslint-plugin-n';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** A project's tag on the left, all it may import on the right. Arrows point one way; nothing imports an app. */
const mayImport = {
  'lib:document-model': [],
  'lib:audit-log': [],
  'lib:access-policy': ['lib:document-model'],
  'lib:sync-protocol': ['lib:document-model'],
  'lib:update-admission': ['lib:document-model', 'lib:access-policy'],
  'lib:api-contract': ['lib:document-model', 'lib:access-policy', 'lib:audit-log'],
  'lib:sync-provider': ['lib:document-model', 'lib:sync-protocol'],
  'test:support': ['platform:any', 'platform:browser'],
  'test:system': ['platform:any', 'platform:browser', 'test:support'],
  'test:e2e': ['platform:any', 'platform:browser', 'test:support'],
  'test:load': ['platform:any', 'platform:browser', 'test:support'],
  'platform:any': ['platform:any'],
  'platform:node': ['platform:any', 'platform:node', 'platform:browser'],
  'platform:browser': ['platform:any', 'platform:browser'],
};

const frameworks = ['@nestjs/*', 'typeorm', 'pg', 'react', 'react-dom', 'socket.io', 'express'];

const depConstraints = Object.entries(mayImport).map(([sourceTag, onlyDependOnLibsWithTags]) => ({
  sourceTag,
  onlyDependOnLibsWithTags,
  ...(sourceTag === 'platform:any' && { bannedExternalImports: frameworks }),
}));

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      '.nx/',
      '**/test-results/',
      'playwright-report/',
      '.lodestone/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { '@nx': nx, n: node },
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { allow: ['../../vitest.shared.ts', '../../../vitest.shared.ts'], depConstraints },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-extraneous-class': [
        'error',
        { allowWithDecorator: true, allowStaticOnly: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'n/no-process-env': 'error',
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Exports are named.' },
        { selector: 'ExportAllDeclaration', message: 'Say what is exported.' },
      ],
    },
  },
  { files: ['**/*.tsx', 'apps/web/src/**/*.ts'], ...reactHooks.configs.flat.recommended },
  {
    files: [
      '**/vite.config.ts',
      '**/vitest.config.ts',
      '**/playwright.config.ts',
      'apps/web/harness/**',
    ],
    rules: { 'no-restricted-syntax': 'off', 'n/no-process-env': 'off' },
  },
  {
    files: ['apps/api/src/config/env.ts', 'test/**/*.ts', '**/testing/**/*.ts', '**/*.test.ts'],
    rules: { 'n/no-process-env': 'off' },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        document: 'readonly',
        window: 'readonly',
        localStorage: 'readonly',
        navigator: 'readonly',
        matchMedia: 'readonly',
      },
    },
  },
);
