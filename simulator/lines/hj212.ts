import {
  decode,
  executionResult,
  findSprayCommand,
  type Message,
  requestAnswer,
  sprayState,
  sayQn,
  takeFrames,
} from '@plumbline/core/codec/hj212'
import { connect, type Socket } from 'node:net'
import { addressOf, uploadOf } from '../city/index.ts'
import { answerMillis, hostOf, type OpenLine, saySlowly } from './line.ts'

const again = 500

/** A line of HJ 212 over TCP. An upload is done when its 9014 has come. */
export const openHj212Line: OpenLine = async (_city, device, hosts, onOrder) => {
  const address = addressOf(device)
  const waiting = new Map<string, { bytes: Uint8Array; sentAt: number; done: () => void }>()
  let socket: Socket | undefined
  let closed = false
  let rest: Uint8Array = new Uint8Array(0)

  const obey = (message: Message) => {
    const command = findSprayCommand(message)
    if (!command) {
      if (message.qn && message.wantsAnswer) socket?.write(requestAnswer(address, message.qn, 1))
      if (message.qn && message.cn === '1012') socket?.write(executionResult(address, message.qn, 1))
      return
    }
    saySlowly(hosts, onOrder({ ...command, id: command.qn }), ({ say, at, running }) => {
      if (say === 'accepted' || say === 'refused')
        socket?.write(requestAnswer(address, command.qn, say === 'accepted' ? 1 : 2))
      else if (say === 'executed' || say === 'failed')
        socket?.write(executionResult(address, command.qn, say === 'executed' ? 1 : 2))
      else socket?.write(sprayState(address, sayQn(at), at, [{ unit: 1, state: running ? 1 : 0 }]))
    })
  }
  const take = (chunk: Uint8Array) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const { frames, used } = takeFrames(bytes, bytes.length)
    rest = Uint8Array.from(bytes.subarray(used))
    for (const frame of frames) {
      if (frame.kind === 'bad') continue
      const message = decode(bytes, frame.dataStart, frame.dataEnd)
      if (message.cn === '9014') {
        waiting.get(message.qn ?? '')?.done()
        waiting.delete(message.qn ?? '')
      } else if (message.cn !== '9013') obey(message)
    }
  }
  const opened = Promise.withResolvers<void>()
  const open = () => {
    rest = new Uint8Array(0)
    socket = connect(hosts.hj212Port, hostOf(hosts))
    socket.setNoDelay(true)
    socket.on('data', take)
    socket.on('error', () => {})
    socket.on('connect', () => {
      for (const one of waiting.values()) write(one)
      opened.resolve()
    })
    socket.on('close', () => {
      if (!closed) setTimeout(open, again)
    })
  }
  const write = (one: { bytes: Uint8Array; sentAt: number }) => {
    one.sentAt = Date.now()
    if (socket?.readyState === 'open') socket.write(one.bytes)
  }
  const patience = setInterval(() => {
    for (const one of waiting.values()) if (Date.now() - one.sentAt > answerMillis) write(one)
  }, answerMillis / 4)
  open()
  await opened.promise
  return {
    send: (sending, stepSeconds) =>
      new Promise((done) => {
        const bytes = uploadOf(sending, stepSeconds)
        // QN=… is the first field of the segment: the answer repeats it.
        const qn = Buffer.from(bytes.buffer, bytes.byteOffset + 9, 17).toString('latin1')
        const before = waiting.get(qn)
        const one = { bytes, sentAt: 0, done: before ? () => (before.done(), done()) : done }
        waiting.set(qn, one)
        write(one)
      }),
    close: () => {
      closed = true
      clearInterval(patience)
      socket?.destroy()
    },
  }
}
