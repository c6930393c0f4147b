/** Builds the api for Node: our own libraries are put into the bundle, npm packages stay outside. */
import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist',
    emptyOutDir: true,
    target: 'node22',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: { main: 'src/main.ts', 'database-command': 'src/database/database-command.ts' },
    },
  },
  ssr: { noExternal: [/^@lodestone\//] },
});
