/** Serves the grid alone, over a register in memory, for its browser tests and for looking at it without a server. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../node_modules/.vite/harness', import.meta.url)),
  plugins: [react()],
  server: { fs: { allow: [fileURLToPath(new URL('../../..', import.meta.url))] } },
  optimizeDeps: { entries: ['grid.html'] },
  build: {
    outDir: fileURLToPath(new URL('../node_modules/.vite/harness-built', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: fileURLToPath(new URL('grid.html', import.meta.url)) },
  },
});
