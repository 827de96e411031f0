import { expect, test } from 'vitest'
import { bytesOf, decode as decodeFrame, takeFrames } from '../codec/hj212/index.ts'
import { decode } from '../codec/sitejson/index.ts'
import { connectingOf } from './connecting.ts'
import type { Doors } from './contract.ts'
import { models } from './models.ts'
import { noSettings } from './schema.ts'

const now = Date.parse('2026-11-20T06:05:00.000Z')
const doors: Doors = {
  hj212: { host: 'sites.example', port: 9212 },
  mqtt: { host: 'sites.example', port: 1883, outside: false },
  push: { url: 'https://sites.example' },
}
const connect = (modelCode: string, given = doors) => {
  const { kind } = models.find(({ code }) => code === modelCode)!
  const modbus = { host: '10.8.0.3', port: 502, unit: 7 }
  return connectingOf({ mn: 'A1', kind, modelCode, settings: { ...noSettings, modbus } }, given, now)
}

test('an acknowledgement of an outside broker is called what it is', () => {
  expect(connect('crane-gbt37366').warning).toBeNull()
  expect(connect('crane-gbt37366', { ...doors, mqtt: { ...doors.mqtt, outside: true } }).warning).toContain(
    '不说明平台已入库',
  )
  expect(connect('dust-ug').warning).toBeNull()
})

test('every model is connected, and its sample is taken whole by the codec of its protocol', () => {
  for (const { code, protocol, kind } of models) {
    const { sample, facts, trial } = connect(code)
    expect(facts.length).toBeGreaterThan(2)
    if (protocol === 'modbus') expect(trial).toBeNull()
    else expect(trial).toContain('A1')
    if (protocol === 'mqtt' || protocol === 'push') {
      const decoded = decode(bytesOf(sample.text))
      expect(decoded).toMatchObject({ ok: true, message: { kind, problems: [], dataTime: now } })
      expect(sample.text).not.toContain("'")
    }
    if (protocol === 'hj212') {
      const bytes = bytesOf(`${sample.text}\r\n`)
      const [frame] = takeFrames(bytes, bytes.length).frames
      expect(frame?.kind).toBe('good')
      const message = frame?.kind === 'good' ? decodeFrame(bytes, frame.dataStart, frame.dataEnd) : undefined
      expect(message).toMatchObject({ mn: 'A1', pw: '123456', wantsAnswer: true, problems: [], dataTime: now })
      expect(message!.readings.length).toBeGreaterThan(0)
    }
  }
})

test('what a meter is asked is shown byte for byte', () => {
  // Function 3, register 0, four registers: written by hand from the specification.
  expect(connect('electricity-modbus').sample.text).toBe('00 01 00 00 00 06 07 03 00 00 00 04')
})
