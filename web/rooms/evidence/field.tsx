export { panels } from './index.tsx'
