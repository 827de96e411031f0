export * from './capacity.ts'
export * from './permissions.ts'
export * from './reach.ts'
