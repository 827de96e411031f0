// The long-running parts of `npm start`.
import { spawn } from 'node:child_process'
import { root } from './prepare.mjs'

/**
 * Starts a part of the system. The IPC channel is its lifeline: when we are gone, even by kill -9, the channel closes and
 * the part stops itself. It gets a session of its own, because a Ctrl-C at the terminal must reach us alone: we stop the
 * parts in order.
 */
export function startChild(node, name, args) {
  const child = spawn(node, args, { cwd: root, detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? code))
  })
  return { name, child, ended }
}

/** Asks a part to stop and waits; kills it only after `patienceMs`. */
export async function stopChild({ child, ended }, patienceMs) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  await ended
  clearTimeout(late)
}

/** Waits for the message `{ listening: 'http://…' }` of the server, or for its end. */
export function addressOf({ child, ended }) {
  return new Promise((resolve) => {
    child.on('message', (message) => {
      if (typeof message?.listening === 'string') resolve(message.listening)
    })
    void ended.then(() => resolve(undefined))
  })
}
