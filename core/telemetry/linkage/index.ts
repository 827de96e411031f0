export * from './contract.ts'
export * from './dispatch.ts'
export * from './dispatch-contract.ts'
