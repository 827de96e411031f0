export { doubtCases, followVerdict } from './doubts.ts'
export { keepCredibility } from './keeping.ts'
export { credibilityRoutes } from './routes.ts'
export { judgeAgain } from './store.ts'
