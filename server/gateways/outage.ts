/** Classes of SQLSTATE in which the database cannot write, whatever it is given to write. */
const classes = new Set([
  '08', // connection
  '25', // transaction state: read only
  '28', // login
  '3D', // no such database
  '40', // deadlock, serialization: tried again
  '53', // resources: disk full, memory, connections
  '55', // not in the state: locked
  '57', // stopped by an operator, starting, shutting down
  '58', // system error: input and output
])
const lost =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded|the transaction was rolled back|Cannot use a pool)/

/** Whether it was the database that could not write, rather than what it was given. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E')
    ? classes.has(code.slice(0, 2))
    : /^E[A-Z]+$/.test(code) || lost.test(error.message)
}

/** The reason in words, for the page of the house's health. */
export function sayOutage(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === '53100' || code === 'ENOSPC') return '磁盘已满'
  if (code === '25006') return '数据库只读'
  if (code.startsWith('53')) return '数据库资源不足'
  if (code.startsWith('57') || code.startsWith('08') || code === '' || code.startsWith('E')) return '数据库连接中断'
  return `数据库错误 ${code}`
}
