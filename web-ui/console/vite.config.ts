import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const hub = process.env.WEFT_CONSOLE_BACKEND ?? 'http://127.0.0.1:4173';

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: [
      { find: '~', replacement: fileURLToPath(new URL('./src', import.meta.url)) },
      { find: /^style-mod$/, replacement: fileURLToPath(new URL('./src/shared/ui/editor-styles.ts', import.meta.url)) },
    ],
  },
  build: {
    target: 'es2023',
    manifest: 'assets-manifest.json',
    // Everything is a file of our own origin: no data: scripts or styles, whatever their size.
    assetsInlineLimit: 0,
    sourcemap: false,
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/session', '/login', '/logout', '/oauth2', '/issuer'].map((path) => [path, { target: hub, changeOrigin: false }]),
    ),
  },
  test: {
    environment: 'jsdom',
    // A browser of its own for each file takes ten times as long; what tests leave on the page is cleaned up after each.
    isolate: false,
    include: ['src/**/*.test.{ts,tsx}', 'mocks/**/*.test.ts'],
    setupFiles: ['src/shared/testing/setup.ts'],
    server: { deps: { inline: [/@patternfly\/react-styles/] } },
    css: false,
  },
});
