import { defineConfig } from 'vitest/config'

const { TEST_REPORT } = process.env

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They need Chromium: npm run test:browser.
    exclude: ['test/browser/**'],
    // Tests start real processes and sockets on machines with two busy cores, which may stand still for seconds; this ends what
    // hangs, it measures nothing.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    teardownTimeout: 10_000,
    // The runner would leave one core to whoever watches, which on two cores makes the run as long again.
    maxWorkers: '100%',
    reporters: TEST_REPORT ? ['default', ['json', { outputFile: TEST_REPORT }]] : ['default'],
  },
})
