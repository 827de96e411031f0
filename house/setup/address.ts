/**
 * The same server and login, another database. Addresses with a Unix socket (`postgres://user:word@/name?host=/folder`)
 * have no host, which is why `URL` cannot read them.
 */
export function withDatabase(url: string, name: string): string {
  const parts = /^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*(.*)$/.exec(url)
  if (parts === null) throw new Error('not a PostgreSQL address')
  return `${parts[1]}${name}${parts[2]}`
}
