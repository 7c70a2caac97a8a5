import { defineConfig } from 'vitest/config'

const { TEST_REPORT } = process.env

/** The tests that need Chromium. `npm test` runs none of them. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    // One browser after the other: each has a whole Aeries before it, and the machine two cores.
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    reporters: TEST_REPORT ? ['default', ['json', { outputFile: TEST_REPORT }]] : ['default'],
  },
})
