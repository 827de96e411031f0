import { createServer, type Server } from 'node:net'

/** The right to run the cluster of one place; held by one process at a time and given back by the kernel when it dies. */
export interface Claim {
  release(): Promise<void>
}

/**
 * Claims a place, or answers undefined when another living process holds it.
 *
 * A listening socket is the lock, because a lock file outlives a killed process and its process number is soon given
 * to another. Linux keeps abstract sockets (the leading NUL) in the kernel alone, so there is nothing to clean up.
 */
export async function findClaim(placeId: string): Promise<Claim | undefined> {
  const server = createServer((socket) => socket.destroy())
  if (!(await listens(server, `\0plumbline/${placeId}`))) return undefined
  server.unref()
  return { release: () => new Promise((resolve) => server.close(() => resolve())) }
}

function listens(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    )
    server.listen({ path }, () => resolve(true))
  })
}
