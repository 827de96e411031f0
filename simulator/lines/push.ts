import { createHmac } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { OpenLine } from './line.ts'
import { messagesOf } from './message.ts'

/** Signed HTTP push. A message is done when it was answered 200; busy answers and broken connections are tried again. */
export const openPushLine: OpenLine = async (city, { number, password }, { url }) => {
  let closed = false
  const push = async (body: string): Promise<void> => {
    while (!closed) {
      const time = String(Date.now())
      const signature = createHmac('sha256', password).update(`${time}\n${body}`).digest('hex')
      const headers = {
        'content-type': 'application/json',
        'x-device-time': time,
        'x-device-signature': signature,
      }
      const answer = await fetch(`${url}/device/v1/${number}`, { method: 'POST', headers, body }).catch(() => null)
      if (answer?.ok) return void (await answer.arrayBuffer())
      if (answer && answer.status < 500) throw new Error(`${number}: ${answer.status} ${await answer.text()}`)
      await wait(200)
    }
  }
  return {
    send: async (sending, stepSeconds) => {
      for (const message of messagesOf(city, sending, stepSeconds)) await push(message)
    },
    close: () => {
      closed = true
    },
  }
}
