import { defineConfig } from 'vite'

/** `npm run build:web`: the chat page as files, for the web door to hand out. */
export default defineConfig({
  root: 'adapters/web/page',
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { outDir: '../page-built', emptyOutDir: true, target: 'es2024', modulePreload: false },
})
