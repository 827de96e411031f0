import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { promisify } from 'node:util'
import { root } from './county.ts'

const run = promisify(execFile)

/** What `npm run frame -- …` prints, npm's own lines before the frame included. */
export async function printFrame(...words: string[]): Promise<Buffer> {
  const { stdout } = await run('npm', ['run', 'frame', '--', ...words], { cwd: root, encoding: 'buffer' })
  return stdout
}

/** A device's line, held open by hand. */
export interface Line {
  send(bytes: Buffer): void
  heard(): string
  /** Waits for what the platform says next. */
  answer(): Promise<string>
  close(): void
}

export async function openLine(port: number): Promise<Line> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  let heard = ''
  socket.on('data', (chunk) => (heard += chunk.toString('latin1')))
  return {
    send: (bytes) => void socket.write(bytes),
    heard: () => heard,
    answer: async () => {
      if (heard === '') await once(socket, 'data')
      return heard
    },
    close: () => void socket.destroy(),
  }
}

/** Says a frame in the way of the README, by `nc` where it is installed, else by bash alone; answers what came back. */
export async function sayByHand(port: number, ...words: string[]): Promise<string> {
  const frame = `npm run -s frame -- ${words.join(' ')}`
  const script = `if command -v nc >/dev/null; then ${frame} | nc -w 2 127.0.0.1 ${port}
    else exec 3<>/dev/tcp/127.0.0.1/${port}; ${frame} >&3; read -r -t 20 line <&3; printf %s "$line"; fi`
  const { stdout } = await run('bash', ['-c', script], { cwd: root })
  return stdout
}
