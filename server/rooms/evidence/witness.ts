import { type Answer, checkpointText, cosignText, parseAsk, type Tree, witness } from '@plumbline/core/evidence'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { openSigner, readKeys, verifyEd25519 } from './keys.ts'
import { sha256, syncFolder, writeDurably } from './tree.ts'

/** A witness that another department runs: it cosigns what grows honestly, and remembers what it cosigned. */
export interface Witness {
  name: string
  /** The public key in one line. */
  line: string
  port: number
  stop(): Promise<void>
}

export interface WitnessOptions {
  /** Where its key and what it has cosigned are kept. Lost, it must take another name. */
  dir: string
  name: string
  host: string
  port: number
  /** A file with the keys of the logs it watches, one in a line. Read anew for a log that is not known yet. */
  logs: string
  /** The machine's clock, milliseconds: a witness has no legal one. */
  now(): number
}

const largestAsk = 64 * 1024

/**
 * Serves POST /add-checkpoint of c2sp.org/tlog-witness. What it decides is `witness` in core; here it is kept, durably and one
 * request after the other, before it is answered. GET / tells its key, GET /held/<origin> what it last cosigned.
 */
export async function startWitness({ dir, name, host, port, logs, now }: WitnessOptions): Promise<Witness> {
  mkdirSync(join(dir, 'held'), { recursive: true })
  const signer = openSigner(dir, 'witness', 'witness', () => name)
  const pathOf = (origin: string) => join(dir, 'held', Buffer.from(sha256(Buffer.from(origin))).toString('hex'))
  const heldOf = (origin: string): (Tree & { origin: string }) | undefined => {
    const path = pathOf(origin)
    if (!existsSync(path)) return undefined
    const { size, root } = JSON.parse(readFileSync(path, 'utf8')) as { size: number; root: string }
    return { origin, size, root: Buffer.from(root, 'base64') }
  }

  const answer = (body: string): { answer: Answer; text: string } => {
    const asked = parseAsk(body)
    if (!asked) return { answer: { status: 400, reason: 'not an add-checkpoint request' }, text: '' }
    const { origin, size, root } = asked.checkpoint
    const log = readKeys(logs).find(({ signatory }) => signatory.name === origin)?.signatory
    const decided = witness(sha256, verifyEd25519, asked, log, heldOf(origin))
    if (decided.status !== 200) return { answer: decided, text: '' }
    writeDurably(pathOf(origin), JSON.stringify({ origin, size, root: Buffer.from(root).toString('base64') }))
    syncFolder(join(dir, 'held'))
    const seconds = Math.floor(now() / 1000)
    return { answer: decided, text: cosignText(sha256, signer.signatory, signer.sign, asked.note.text, seconds) }
  }

  const server = createServer((request, response) => {
    const end = (status: number, type: string, text: string) =>
      response.writeHead(status, { 'content-type': type }).end(text)
    if (request.method === 'GET' && request.url?.startsWith('/held/')) {
      const held = heldOf(decodeURIComponent(request.url.slice(6)))
      return held ? end(200, 'text/plain; charset=utf-8', checkpointText(held)) : end(404, 'text/plain', 'not found\n')
    }
    if (request.method === 'GET') return end(200, 'text/plain; charset=utf-8', `${signer.line}\n`)
    if (request.method !== 'POST' || request.url !== '/add-checkpoint') return end(404, 'text/plain', 'not found\n')
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      body += chunk
      if (body.length > largestAsk) request.destroy()
    })
    // Reading, deciding, keeping and answering in one turn: no second request comes between.
    request.on('end', () => {
      const { answer: decided, text } = answer(body)
      if (decided.status === 200) end(200, 'text/plain; charset=utf-8', text)
      else if (decided.status === 409) end(409, 'text/x.tlog.size', `${decided.held}\n`)
      else end(decided.status, 'text/plain', `${decided.reason}\n`)
    })
  })
  server.requestTimeout = 10_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    name,
    line: signer.line,
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
