import {
  type Address,
  decode,
  executionResult,
  findSprayCommand,
  requestAnswer,
  sayQn,
  sprayState,
  takeFrames,
} from '@plumbline/core/codec/hj212'
import { connect, type Socket } from 'node:net'
import { password } from './dust.ts'

/** A sprayer that writes down every order it hears and carries each out. */
export interface Sprayer {
  number: string
  /** Names of the orders, each as often as it was heard. */
  heard: string[]
  close(): void
}

const againMillis = 50
const stateMillis = 1_000

/** Speaks HJ 212. It tells its state every second, so that its line is known as its own. */
export function openSprayer(number: string, port: number): Sprayer {
  const address: Address = { mn: number, pw: password, st: '39', version: '2017' }
  const heard: string[] = []
  let socket: Socket | undefined
  let closed = false
  let running = false
  let rest: Uint8Array = new Uint8Array(0)

  const tellState = () => {
    const now = Math.floor(Date.now() / 1000) * 1000
    if (socket?.readyState === 'open')
      socket.write(sprayState(address, sayQn(now), now, [{ unit: 1, state: running ? 1 : 0 }]))
  }
  const hear = (chunk: Uint8Array) => {
    const bytes = Buffer.concat([rest, chunk])
    const { frames, used } = takeFrames(bytes, bytes.length)
    rest = Uint8Array.from(bytes.subarray(used))
    for (const frame of frames) {
      const command = frame.kind === 'good' && findSprayCommand(decode(bytes, frame.dataStart, frame.dataEnd))
      if (!command) continue
      heard.push(command.qn)
      running = command.on
      socket?.write(requestAnswer(address, command.qn, 1))
      socket?.write(executionResult(address, command.qn, 1))
      tellState()
    }
  }
  const open = () => {
    if (closed) return
    rest = new Uint8Array(0)
    socket = connect(port, '127.0.0.1')
    socket.on('data', hear)
    socket.on('error', () => {})
    socket.on('connect', tellState)
    socket.on('close', () => setTimeout(open, againMillis))
  }
  const timer = setInterval(tellState, stateMillis)
  open()
  return {
    number,
    heard,
    close: () => {
      closed = true
      clearInterval(timer)
      socket?.destroy()
    },
  }
}
