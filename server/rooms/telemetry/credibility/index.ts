export { doubtCases, followVerdict } from './doubts.ts'
export { judgeEnded, keepCredibility } from './keeping.ts'
export { credibilityRoutes } from './routes.ts'
export { judgeAgain } from './store.ts'
