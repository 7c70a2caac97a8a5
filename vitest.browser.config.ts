import { defineConfig } from 'vitest/config'

const { TEST_REPORT } = process.env

/** The tests that need Chromium. `npm test` runs none of them. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    // One browser after the other: each has a whole Aeries before it, and the machine two cores.
    fileParallelism: false,
    // Each test does many things, and each of them may have to wait its turn on a busy machine: these end what hangs.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    teardownTimeout: 20_000,
    reporters: TEST_REPORT ? ['default', ['json', { outputFile: TEST_REPORT }]] : ['default'],
  },
})
