import { defineConfig } from 'vitest/config'

const slow = { testTimeout: 60_000, hookTimeout: 120_000 }

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        // Pure: no database is started for these.
        test: {
          name: 'pure',
          environment: 'node',
          include: [
            'core/**/*.test.ts',
            'simulator/**/*.test.ts',
            'bench/**/*.test.ts',
            'city/report.test.ts',
            'torture/**/*.test.ts',
          ],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: [
            'server/**/*.test.ts',
            'house/**/*.test.ts',
            'edge/**/*.test.ts',
            'scripts/**/*.test.ts',
            'city/life.test.ts',
          ],
          globalSetup: ['house/setup/database.ts'],
          ...slow,
        },
      },
      {
        test: { name: 'web', root: 'web', environment: 'jsdom', include: ['**/*.test.{ts,tsx}'], testTimeout: 20_000 },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['e2e/**/*.e2e.ts'],
          // One story after the other: they share the machine with a browser, a server and a database.
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
