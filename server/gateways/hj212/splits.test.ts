import { bytesOf, decode } from '@plumbline/core/codec/hj212'
import type { Spoken, Verdict } from '@plumbline/core/device'
import { expect, test } from 'vitest'
import type { KnownDevice } from '../judge.ts'
import { openSplits } from './splits.ts'

const mn = '330482A89000160000000001'
const device = { id: 'b3f7e2a0-0000-4000-8000-000000000001', mn } as KnownDevice

function open() {
  const notes: { deviceId: string; verdict: Verdict; fault: Spoken['fault'] | undefined }[] = []
  const books = {
    add: () => {},
    connected: () => {},
    note: (deviceId: string, verdict: Verdict, fault?: Spoken['fault']) => notes.push({ deviceId, verdict, fault }),
    done: async () => {},
  }
  let now = 0
  const splits = openSplits(books, () => now)
  const part = (pno: number, pnum: number, hour = '09') =>
    decode(
      bytesOf(`ST=39;CN=2061;MN=${mn};Flag=7;PNUM=${pnum};PNO=${pno};CP=&&DataTime=20251120${hour}0000;LA-Avg=1&&`),
    )
  const sweepAt = (at: number) => {
    now = at
    splits.sweep()
  }
  return { splits, notes, part, sweepAt }
}

test('a part that does not come is named a minute after the last that did, once', () => {
  const { splits, notes, part, sweepAt } = open()
  splits.heard(device, part(1, 3))
  splits.heard(device, part(3, 3))
  sweepAt(59_999)
  expect(notes).toEqual([])
  sweepAt(60_000)
  sweepAt(200_000)
  expect(notes).toEqual([{ deviceId: device.id, verdict: 'parts_missing', fault: { pnum: 3, missing: [2] } }])
})

test('an upload that came whole, and a frame that is not split, say nothing', () => {
  const { splits, notes, part, sweepAt } = open()
  splits.heard(device, part(2, 2))
  splits.heard(device, part(1, 2))
  splits.heard(device, decode(bytesOf(`ST=39;CN=2011;MN=${mn};Flag=5;CP=&&DataTime=20251120090000;LA-Rtd=1&&`)))
  sweepAt(60_000)
  expect(notes).toEqual([])
})

test('a device that begins a ninth upload before it ends the first hears of the first at once', () => {
  const { splits, notes, part } = open()
  for (const hour of ['00', '01', '02', '03', '04', '05', '06', '07']) splits.heard(device, part(1, 2, hour))
  expect(notes).toEqual([])
  splits.heard(device, part(1, 2, '08'))
  expect(notes).toMatchObject([{ verdict: 'parts_missing', fault: { pnum: 2, missing: [2] } }])
})
