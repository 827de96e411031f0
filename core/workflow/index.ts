export * from './workflow.ts'
export * from './diagram.ts'
export * from './contract.ts'
