export * from './contract.ts'
export * from './standing.ts'
export * from './warning-word.ts'
