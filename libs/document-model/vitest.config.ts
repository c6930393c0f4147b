import { defineConfig } from 'vitest/config';
import { reportersFor } from '../../vitest.shared.ts';

export default defineConfig({
  test: { include: ['src/**/*.test.ts'], passWithNoTests: false, ...reportersFor('document-model') },
});
