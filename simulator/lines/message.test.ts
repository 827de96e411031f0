import { decode } from '@plumbline/core/codec/sitejson'
import { getModel } from '@plumbline/core/device'
import { expect, test } from 'vitest'
import { blankFrame, read } from '../city/index.ts'
import { makeCounty } from '../county/index.ts'
import { livingCounty } from '../living/county.ts'
import { messagesOf } from './message.ts'

const at = Date.parse('2026-11-20T02:00:00Z')
const city = livingCounty(makeCounty(7, '2026-11-20'), { seenAt: at, historyDays: 42 })
const hour = 3_600_000

test('what a device says in an hour of work is taken whole by the published decoder, its events too', () => {
  const kinds = new Map<string, number>()
  for (const device of city.devices) {
    if (getModel(device.modelCode).protocol === 'hj212') continue
    const frame = { ...blankFrame(device), sentAt: at, stored: false }
    read(city, frame, (at - city.start) / 1000, 3600, { honest: true })
    for (const text of messagesOf(city, frame, 3600)) {
      const decoded = decode(Buffer.from(text))
      if (!decoded.ok) throw new Error(`${device.name}: ${decoded.reason} ${decoded.path}`)
      expect(decoded.message.problems, device.name).toEqual([])
      for (const { kind, at: told } of decoded.message.events) {
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
        expect(told - at).toBeLessThan(hour)
      }
    }
  }
  expect([...kinds.keys()].toSorted()).toEqual(['cycle', 'exit', 'track'])
})
