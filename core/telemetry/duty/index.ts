export * from './roster.ts'
export * from './tellees.ts'
